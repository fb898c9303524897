# Writes reference.json: what metafor and clubSandwich say about small data sets.
#
#   Rscript tests/reference/reference.R tests/reference/reference.json
#
# Needs R with metafor, clubSandwich and jsonlite (Debian: r-base-core r-cran-metafor
# r-cran-clubsandwich r-cran-jsonlite). The tests read the JSON and need no R.
#
# All data but `bcg` are generated here. `bcg` are the thirteen trials of BCG vaccination in
# Colditz et al. 1994 (JAMA 271:698-702), the counts that metadat carries as dat.bcg: facts, read
# from there at run time.
#
# metafor ends its univariate iterations at an absolute change of tau2 (1e-5 by default), which is
# a tenth of the answer for differences of 0.03. The thresholds below are shares of the variances.

suppressPackageStartupMessages({
  library(metafor)
  library(clubSandwich)
  library(jsonlite)
})

out <- commandArgs(trailingOnly = TRUE)
if (length(out) != 1) stop("usage: Rscript reference.R OUT.json")

# ---- data -------------------------------------------------------------------------------------
data <- list()

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = metadat::dat.bcg)
data$bcg <- data.frame(
  y = signif(as.numeric(bcg$yi), 12), v = signif(as.numeric(bcg$vi), 12),
  latitude = bcg$ablat, alloc = as.character(bcg$alloc)
)

generated <- function(seed, k, tau, v, mean, slope = 0) {
  set.seed(seed)
  v <- signif(v(k), 8)
  size <- round(rnorm(k, 8, 1), 3)
  kind <- sample(c("attention", "convolution", "state space"), k, replace = TRUE)
  y <- round(mean + slope * (size - 8) + tau * rnorm(k) + sqrt(v) * rnorm(k), 8)
  data.frame(y = y, v = v, latitude = size, alloc = kind)
}
# benchmark differences in points of MCC: tau2 far below metafor's default threshold
data$benchmark <- generated(11, 15, 0.02, function(k) runif(k, 1e-4, 9e-4), 0.03, 0.01)
data$homogeneous <- generated(14, 10, 0, function(k) runif(k, 0.02, 0.2), 0.3)
data$wide <- generated(13, 30, 0.4, function(k) exp(runif(k, log(1e-4), log(1))), -0.2, 0.1)
data$large_units <- generated(15, 12, 300, function(k) runif(k, 1e4, 9e4), 5000, 20)
data$three <- generated(16, 3, 0.3, function(k) runif(k, 0.01, 0.1), 0.5)

nested_data <- function(seed, studies, s2, unit = 1) {
  set.seed(seed)
  rows <- list()
  for (s in seq_len(studies)) {
    us <- rnorm(1, 0, sqrt(s2[1]))
    base <- sample(c("linear", "cnn"), 1)
    for (t in seq_len(sample(1:4, 1))) {
      ut <- rnorm(1, 0, sqrt(s2[2]))
      for (r in seq_len(sample(1:4, 1))) {
        rows[[length(rows) + 1]] <- data.frame(
          study = sprintf("s%02d", s), task = sprintf("t%d", t), u = us + ut,
          baseline = base, size = round(rnorm(1, 8, 1), 3)
        )
      }
    }
  }
  d <- do.call(rbind, rows)
  k <- nrow(d)
  d$result <- sprintf("r%03d", seq_len(k))
  d$v <- signif(runif(k, 0.005, 0.08) * unit^2, 8)
  d$y <- signif(unit * (0.2 + 0.1 * (d$size - 8) + d$u + rnorm(k, 0, sqrt(s2[3]))) +
                  sqrt(d$v) * rnorm(k), 10)
  d$shared <- sprintf("p%02d", sample(1:9, k, replace = TRUE))
  d$u <- NULL
  d
}
data$nested <- nested_data(21, 14, c(0.06, 0.03, 0.02))
data$nested_points <- nested_data(22, 20, c(0.06, 0.02, 0.03), unit = 0.03)
data$nested_zero <- nested_data(24, 12, c(0.05, 0, 0.03))
data$nested_few <- nested_data(26, 6, c(0.05, 0.03, 0.02))

# ---- univariate -------------------------------------------------------------------------------
cases <- list()
add <- function(case) cases[[length(cases) + 1]] <<- case
number <- function(x) unname(as.numeric(x))

univariate <- function(name, method, test, mods) {
  d <- data[[name]]
  f <- list(none = NULL, numeric = ~ latitude, categorical = ~ alloc,
            both = ~ latitude + alloc)[[mods]]
  args <- list(
    yi = d$y, vi = d$v, data = d, method = toupper(method),
    test = c(wald = "z", "knapp-hartung" = "adhoc", "knapp-hartung-raw" = "knha")[[test]],
    control = list(threshold = 1e-13 * mean(d$v), maxiter = 100000, tol = 1e-14 * mean(d$v),
                   tau2.max = 1e4 * max(var(d$y), max(d$v)))
  )
  if (!is.null(f)) args$mods <- f
  m <- suppressWarnings(do.call(rma, args))
  e <- list(
    estimate = number(m$beta), se = m$se, ci_low = number(m$ci.lb), ci_high = number(m$ci.ub),
    p = number(m$pval), tau2 = m$tau2, i2 = m$I2, h2 = m$H2, q = m$QE, q_df = m$k - m$p,
    q_p = m$QEp
  )
  if (method != "fe") {
    ci <- suppressWarnings(confint(m, control = list(
      tol = 1e-15 * mean(d$v), maxiter = 10000, tau2.max = 1e6 * max(var(d$y), max(d$v)))))
    e$tau2_ci <- number(ci$random[1, 2:3])
    if (mods == "none") {
      pr <- predict(m)
      e$prediction <- number(c(pr$pi.lb, pr$pi.ub))
      if (test == "wald" && m$k > 2) {
        riley <- predict(m, pi.type = "riley")
        e$prediction_riley <- number(c(riley$pi.lb, riley$pi.ub))
      }
    }
  }
  if (method %in% c("ml", "reml")) e$loglik <- number(logLik(m))
  if (mods != "none") e$omnibus <- number(c(m$QM, m$QMp))
  if (test == "wald" && mods != "both") {
    for (kind in c("CR0", "CR1", "CR1p", "CR2")) {
      ct <- coef_test(m, vcov = kind, cluster = seq_len(m$k), test = "Satterthwaite")
      # clubSandwich drops eigenvalues of B below 1e-12, whatever the units are; its CR2 is then
      # another estimator, so large and ordinary units only
      if (kind == "CR2" && name == "benchmark") next
      e[[tolower(kind)]] <- list(se = ct$SE, df = ct$df, p = ct$p_Satt)
    }
  }
  add(list(kind = "univariate", data = name, method = method, test = test, moderators = mods,
           expect = e))
}
for (name in c("bcg", "benchmark", "homogeneous", "wide", "large_units"))
  for (method in c("fe", "dl", "pm", "ml", "reml"))
    for (test in c("wald", "knapp-hartung", "knapp-hartung-raw"))
      for (mods in c("none", "numeric", "categorical", "both"))
        univariate(name, method, test, mods)
for (method in c("fe", "dl", "pm", "ml", "reml")) univariate("three", method, "wald", "none")

# ---- multilevel -------------------------------------------------------------------------------
# The likelihood is worked out on effects of ordinary size and scaled back: rma.mv's optimisers
# have absolute tolerances too.
multilevel <- function(name, method, levels, mods, crossed = FALSE, V = "diagonal") {
  d <- data[[name]]
  unit <- sd(d$y)
  d$y <- d$y / unit
  d$v <- d$v / unit^2
  d$study_task <- interaction(d$study, d$task, drop = TRUE)
  d$study_result <- interaction(d$study, d$result, drop = TRUE)
  random <- if (crossed) list(~ 1 | study, ~ 1 | result, ~ 1 | shared) else list(list(
    "study/task/result" = ~ 1 | study / task / result,
    "study/result" = ~ 1 | study / result,
    "study/task" = ~ 1 | study / task,
    "study" = ~ 1 | study
  )[[levels]])
  W <- if (V == "diagonal") diag(d$v) else {
    # results of one task of one study share a baseline: covariance 0.4 of the smallest variance
    S <- diag(d$v)
    for (g in levels(d$study_task)) {
      at <- which(d$study_task == g)
      if (length(at) > 1) {
        S[at, at] <- 0.4 * min(d$v[at])
        diag(S)[at] <- d$v[at]
      }
    }
    S
  }
  args <- list(yi = d$y, V = W, random = random, data = d, method = toupper(method),
               control = list(optimizer = "nlminb", rel.tol = 1e-10))
  f <- list(none = NULL, numeric = ~ size, both = ~ size + baseline)[[mods]]
  if (!is.null(f)) args$mods <- f
  m <- suppressWarnings(do.call(rma.mv, args))
  # a second search from there, for the last digits; the first stands where it finds nothing better
  for (optmethod in c("Nelder-Mead", "BFGS")) {
    args$control <- list(optimizer = "optim", optmethod = optmethod, reltol = 1e-16,
                         maxit = 20000, sigma2.init = pmax(m$sigma2, 1e-8))
    again <- try(suppressWarnings(do.call(rma.mv, args)), silent = TRUE)
    if (!inherits(again, "try-error") && logLik(again) >= logLik(m)) m <- again
  }
  restricted <- method == "reml"
  e <- list(
    estimate = number(m$beta) * unit, se = m$se * unit, p = number(m$pval),
    sigma2 = m$sigma2 * unit^2, q = m$QE, q_df = m$k - m$p,
    loglik = number(logLik(m)) - (if (restricted) m$k - m$p else m$k) * log(unit)
  )
  if (mods == "none") {
    pr <- predict(m)
    e$prediction <- number(c(pr$pi.lb, pr$pi.ub)) * unit
  } else e$omnibus <- number(c(m$QM, m$QMp))
  # a covariate that varies is in the units of y only through its coefficient
  if (!crossed) for (kind in c("CR0", "CR1", "CR1p", "CR2")) {
    ct <- coef_test(m, vcov = kind, cluster = d$study, test = "Satterthwaite")
    e[[tolower(kind)]] <- list(se = ct$SE * unit, df = ct$df, p = ct$p_Satt)
  }
  if (!crossed && mods == "both") {
    w <- Wald_test(m, constraints = constrain_zero(2:3), vcov = "CR2", cluster = d$study,
                   test = "HTZ")
    e$htz <- list(statistic = w$Fstat, df1 = w$df_num, df2 = w$df_denom, p = w$p_val)
  }
  add(list(kind = "multilevel", data = name, method = method, levels = levels, moderators = mods,
           crossed = crossed, V = V, expect = e))
}
for (name in c("nested", "nested_points", "nested_zero", "nested_few"))
  for (method in c("ml", "reml"))
    for (levels in c("study/task/result", "study/result", "study/task", "study"))
      for (mods in c("none", "both")) {
        if (name == "nested_few" && mods == "both") next
        multilevel(name, method, levels, mods)
      }
for (name in c("nested", "nested_points"))
  for (method in c("ml", "reml"))
    for (mods in c("none", "numeric")) {
      multilevel(name, method, "study/result", mods, crossed = TRUE)
      multilevel(name, method, "study/task/result", mods, V = "shared")
      multilevel(name, method, "study/result", mods, V = "shared")
    }

# ---- small-study effects, deletion, influence ---------------------------------------------------
for (name in c("bcg", "benchmark", "wide", "large_units")) {
  d <- data[[name]]
  control <- list(threshold = 1e-13 * mean(d$v), maxiter = 100000)
  m <- suppressWarnings(rma(y, v, data = d, method = "REML", control = control))
  lm_form <- regtest(m, model = "lm", predictor = "sei")
  re_form <- suppressWarnings(regtest(m, model = "rma", predictor = "sei"))
  add(list(kind = "egger", data = name, expect = list(
    lm = list(statistic = lm_form$zval, df = lm_form$dfs, p = lm_form$pval),
    random = list(statistic = re_form$zval, p = re_form$pval))))
  for (estimator in c("L0", "R0")) for (side in c("left", "right")) {
    tf <- suppressWarnings(trimfill(m, estimator = estimator, side = side, control = control))
    add(list(kind = "trimfill", data = name, estimator = estimator, side = side, expect = list(
      k0 = tf$k0, estimate = number(tf$beta), se = tf$se, tau2 = tf$tau2)))
  }
  l1o <- suppressWarnings(leave1out(m))
  add(list(kind = "leave-one-out", data = name, expect = list(
    estimate = l1o$estimate, se = l1o$se, tau2 = l1o$tau2, q = l1o$Q, i2 = l1o$I2)))
  inf <- suppressWarnings(influence(m))
  add(list(kind = "influence", data = name, expect = list(
    hat = inf$inf$hat, rstudent = inf$inf$rstudent, cook = inf$inf$cook.d,
    dffits = inf$inf$dffits, dfbetas = inf$dfbs$intrcpt, tau2_deleted = inf$inf$tau2.del)))
}

# ---- ranking ------------------------------------------------------------------------------------
# scores of five methods on fourteen tasks, rounded so that there are ties
set.seed(31)
scores <- round(outer(rnorm(14, 0.7, 0.1), c(0, 0.01, 0.03, 0.03, 0.06), "+") + rnorm(70, 0, 0.03), 2)
data$ranking <- setNames(as.data.frame(scores), c("a", "b", "c", "d", "e"))
ft <- friedman.test(scores)
add(list(kind = "friedman", data = "ranking", expect = list(
  chi2 = number(ft$statistic), df = number(ft$parameter), p = ft$p.value)))
for (m in c(2, 3, 5, 10, 20)) add(list(kind = "nemenyi", methods = m, expect = list(
  q05 = qtukey(0.95, m, Inf) / sqrt(2), q10 = qtukey(0.90, m, Inf) / sqrt(2))))
# Bradley-Terry as a logistic regression on head-to-heads, a tie being half a win; e is the level
pairs <- combn(5, 2)
won <- apply(pairs, 2, function(p) sum((scores[, p[1]] > scores[, p[2]]) +
                                         (scores[, p[1]] == scores[, p[2]]) / 2))
X <- matrix(0, ncol(pairs), 5)
X[cbind(seq_len(ncol(pairs)), pairs[1, ])] <- 1
X[cbind(seq_len(ncol(pairs)), pairs[2, ])] <- -1
bt <- suppressWarnings(glm(cbind(won, 14 - won) ~ X[, 1:4] - 1, family = binomial,
                           control = list(epsilon = 1e-14, maxit = 100)))
add(list(kind = "bradley-terry", data = "ranking", expect = list(
  strength_over_e = number(coef(bt)), se_over_e = number(sqrt(diag(vcov(bt)))))))

versions <- list(R = as.character(getRversion()))
for (package in c("metafor", "clubSandwich", "metadat"))
  versions[[package]] <- as.character(packageVersion(package))
text <- toJSON(list(made_with = versions, data = data, cases = cases), dataframe = "columns",
               auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = FALSE)
# one case a line, so that a difference can be read
text <- gsub('},{"kind"', '},\n{"kind"', text, fixed = TRUE)
temporary <- paste0(out, ".part")
writeLines(text, temporary)
invisible(file.rename(temporary, out))
cat(length(cases), "cases\n")
