"""Run it yourself: each task's command, and printed scores beside others' and our own runs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts import side_by_side as chart
from analysis.charts.style import metric_in_words
from views.parts import audit_badge, safe, show, state
from views.parts.data import ask
from views.parts.missing import missing
from views.parts.picture import picture

# Printed bounds where there are some; else the sampling variance that the gaps use.
SCORES = """
WITH known AS (
    SELECT s.result, s.task, s.metric, s.value, s.setting, s.n_test, s.kind, s.publication,
        CASE
            WHEN s.evidence_level = 'own_run' AND contains(s.setting, 'items=clean') THEN 'our own run, leak-free'
            WHEN s.evidence_level = 'own_run' THEN 'our own run'
            WHEN s.kind <> 'foundation_model' THEN 'another method, by others'
            WHEN s.relation IN ('self', 'affiliated') THEN 'a model, by its authors'
            ELSE 'a model, by others'
        END AS who,
        coalesce(s.uncertainty_low, s.value - 1.96 * sqrt(a.variance)) AS low,
        coalesce(s.uncertainty_high, s.value + 1.96 * sqrt(a.variance)) AS high,
        CASE WHEN s.uncertainty_low IS NOT NULL THEN 'printed' ELSE a.variance_source END AS interval_from,
        s.evidence_level = 'own_run' AS own, s.score, s.method, s.variant, s.protocol, s.configuration
    FROM scored_all s
    LEFT JOIN arm_variance a USING (result)
    WHERE NOT s.quoted AND s.split = 'test' AND s.kind NOT IN ('control_positive', 'control_negative')
        AND s.setting IN ('standard', 'items=clean', 'split=hash', 'split=hash; items=clean')
        AND s.input_bp IS NULL AND s.n_train_varied IS NULL
)
"""
ACROSS = f"""{SCORES},
best AS (
    SELECT k.task, k.metric, k.who, arg_max(k.result, (k.score, k.result)) AS result, count(*) AS n
    FROM known k
    JOIN dataset_task d ON d.task = k.task AND d.metric = k.metric
    LEFT JOIN own_choice c ON c.task = k.task AND c.against = 'simple_baseline'
    WHERE (k.kind = 'foundation_model' OR (k.own AND c.method = k.method))
    GROUP BY k.task, k.metric, k.who
)
SELECT k.task, k.metric, k.who, coalesce(v.name, m.name) AS what, k.value, k.low, k.high,
    k.interval_from, b.n, k.publication, k.result
FROM best b
JOIN known k USING (result)
JOIN method m ON m.id = k.method
LEFT JOIN variant v ON v.id = k.variant
UNION ALL
SELECT a.task, a.look_up_metric, 'look-up, no model', 'a label copied or contradicted from train',
    a.look_up, NULL, NULL, 'not_reported', 1, NULL, NULL
FROM task_audit a JOIN dataset_task d ON d.task = a.task AND d.metric = a.look_up_metric
WHERE a.look_up IS NOT NULL AND a.task IN (SELECT task FROM own_run)
ORDER BY 1, 3
"""
REGISTER = """
SELECT d.task, d.registered, d.verification AS files,
    EXISTS (SELECT 1 FROM own_run o WHERE o.task = d.task) AS ran, d.metric, d.n_train, d.n_test,
    d.licence, d.file
FROM dataset_task d ORDER BY ran DESC, d.verification DESC, d.task
"""
ONE = f"""{SCORES}
SELECT k.who, coalesce(v.name, m.name) AS what, k.value, k.low, k.high, k.interval_from, k.protocol,
    k.configuration, k.setting, k.n_test, k.publication, coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi,
    r.locator, r.file || ':' || r.line AS file, k.result, k.own AND EXISTS (
        SELECT 1 FROM own_choice c WHERE c.task = k.task AND c.method = k.method AND c.against = 'simple_baseline'
    ) AS best_on_dev
FROM known k
JOIN result r ON r.id = k.result
JOIN method m ON m.id = k.method
LEFT JOIN variant v ON v.id = k.variant
LEFT JOIN publication p ON p.citekey = k.publication
WHERE k.task = ? AND k.metric = ? AND (NOT ? OR NOT k.own)
ORDER BY k.score DESC, k.result
"""
METRICS = """
SELECT metric, count(*) AS n FROM scored_all
WHERE task = ? AND split = 'test' AND NOT quoted GROUP BY metric ORDER BY n DESC, metric
"""
CHECKS = """
SELECT verdict, check_id, n_items, of_n, score, score_metric, says, array_to_string(examples, ', ') AS examples
FROM dataset_audit WHERE task = ?
ORDER BY CASE verdict WHEN 'serious' THEN 0 WHEN 'notice' THEN 1 ELSE 2 END, check_id
"""
MADE = "SELECT * FROM own_run WHERE task = ?"
NOT_FETCHED = {
    "pinned": "Some of these files were too large to be looked at here: they are fetched by a pinned "
    "address and proven by the git object id.",
    "unverified": "Nobody could look at these files here, so `--all` leaves the task out. With files of "
    "your own, name their folder with `--data`.",
}


def render() -> None:
    st.title("Run it yourself")
    task = state.chosen("task")
    if task:
        _task(task)
        return
    st.write(
        "Every score here can stand beside one that you make in minutes on a laptop: simple baselines on "
        "the very files that the printed scores used. Settings are chosen on the development part of the data "
        "(dev), never on test."
    )
    st.code(
        "claimgap baseline list\nclaimgap baseline run --all --out results/",
        language="bash",
        wrap_lines=True,
    )
    without = _switch()
    _across(without)
    _register()


def _switch() -> bool:
    return state.switch(
        "Without our own runs", "without-own",
        "Leaves claimgap's own runs out of this page. Headline gaps and verdicts never hold them.",
    )  # fmt: skip


def _across(without: bool) -> None:
    rows, registered = ask(ACROSS), len(ask(REGISTER))
    ours = rows["who"].isin([chart.OURS, chart.OURS_CLEAN])
    ran = set(rows.loc[ours, "task"])
    known = set(rows.loc[rows["who"].isin([chart.AUTHORS, chart.OTHERS]), "task"])
    shown = rows[rows["task"].isin((ran & known) if ran else known) & ~(ours & without)]
    if not len(shown):
        st.info("No registered task has a model's score in the registry's metric yet.")
        return
    drawn = shown.assign(line=shown["task"] + "  (" + shown["metric"].map(metric_in_words) + ")")
    figure = picture(
        chart.side_by_side, drawn, _message(shown), "score in the suite's metric, 95% interval",
        f"{shown['task'].nunique()} of {registered} registered tasks shown, those with our own run and a model's "
        "score; lines: 95% intervals over test items; of several models the best on test, which flatters models; of "
        "our baselines the one that dev prefers; look-up: answers each test item from its look-alike in train",
        apart=True,
    )  # fmt: skip
    show.chart(figure, shown, ACROSS, "side-by-side")


def _message(rows: pd.DataFrame) -> str:
    wide = rows.pivot_table(index="task", columns="who", values="value")
    if chart.OURS not in wide:
        return (
            f"The best printed score of a model on {len(wide)} tasks, by its authors and by others"
        )
    models = wide[[c for c in (chart.AUTHORS, chart.OTHERS) if c in wide]].max(axis=1)
    ahead = int((wide[chart.OURS] > models).sum())
    said = (
        f"A simple baseline is ahead of every model's printed score on {ahead} of {len(wide)} tasks"
    )
    if chart.LOOK_UP in wide:
        looked = int((wide[chart.LOOK_UP] > models).sum())
        said += f", a look-up without any model on {looked}"
    return said


def _register() -> None:
    rows = audit_badge.beside(ask(REGISTER))
    st.subheader("Registered tasks", anchor=False)
    st.write("Select a task for its commands, its audit and all its scores.")
    row = show.picked(
        rows, "registered", len(rows), height=420,
        column_config={
            "registered": st.column_config.TextColumn("name for the command"),
            "files": st.column_config.TextColumn(
                "files", help="verified: all contents seen; pinned: a checksum for each; unverified: neither"
            ),
            "audit": st.column_config.TextColumn("audit of the data"),
            "ran": st.column_config.CheckboxColumn("our own run"),
            "n_test": st.column_config.NumberColumn("test items", format="localized"),
            "n_train": st.column_config.NumberColumn("training items", format="localized"),
        },
    )  # fmt: skip
    if row is not None:
        state.open_one("task", str(row["task"]))
    show.offer(rows, REGISTER, "registered")


def _task(task: str) -> None:
    state.back("All tasks", "task")
    rows = ask(REGISTER)
    mine = rows[rows["task"] == task]
    if not len(mine):
        known = dict.fromkeys(rows["task"], "")
        missing("task with a baseline to run", task, known, "run_it_yourself", "task")
        return
    entry = mine.iloc[0]
    st.subheader(safe.plain(task), anchor=False)
    audit_badge.badge(task)
    name = entry["registered"]
    st.code(
        f"claimgap baseline audit {name}\nclaimgap baseline run {name}\n"
        f"claimgap baseline run {name} --methods kmer-svm,dyad-svm --out results/",
        language="bash", wrap_lines=True,
    )  # fmt: skip
    if entry["files"] in NOT_FETCHED:
        st.caption(NOT_FETCHED[entry["files"]])
    without = _switch()
    _scores(task, str(entry["metric"]), without)
    _checks(task)
    if not without:
        _made(task)


def _scores(task: str, usual: str, without: bool) -> None:
    known = list(ask(METRICS, task)["metric"])
    if not known:
        st.info("The catalog has no score on this task's test items yet: yours would be the first.")
        return
    metric = state.choice(
        "Metric", "metric", known, usual if usual in known else known[0], metric_in_words
    )
    rows = ask(ONE, task, metric, without)
    if not len(rows):
        st.info("No score is left in this metric under these switches.")
        return
    counted = rows["who"].value_counts()
    said = ", ".join(f"{n} of {who}" for who, n in counted.items())
    figure = picture(
        chart.side_by_side, _lines(rows), _leader(rows), metric_in_words(metric),
        f"{task}: {said}; {len(rows)} of {len(rows)} scores shown; line: 95% interval over test items",
    )  # fmt: skip
    show.chart(figure, rows, show.filled(ONE, task, metric, without), "task-scores")
    show.table(
        rows, len(rows), height=360,
        column_config={
            "who": st.column_config.TextColumn("who"), "what": st.column_config.TextColumn("method"),
            "low": st.column_config.NumberColumn("95% from", format="%.3f"),
            "high": st.column_config.NumberColumn("95% to", format="%.3f"),
            "interval_from": st.column_config.TextColumn(
                "interval from", help="printed by the source, or from the number of test items, seeds or others"
            ),
            "n_test": st.column_config.NumberColumn("test items", format="localized"),
        },
    )  # fmt: skip


def _leader(rows: pd.DataFrame) -> str:
    whole = rows[rows["who"] != chart.OURS_CLEAN]
    models = whole[whole["who"].isin([chart.AUTHORS, chart.OTHERS])]
    ours = whole[whole["best_on_dev"].astype(bool)]
    said = []
    if len(models):
        top = models.iloc[0]
        said.append(f"the best printed score of a model is {top['value']:.3f} ({top['what']})")
    if len(ours):
        said.append(f"our baseline chosen on dev has {ours.iloc[0]['value']:.3f}")
    text = "; ".join(said) or f"{whole.iloc[0]['what']} leads with {whole.iloc[0]['value']:.3f}"
    return text[0].upper() + text[1:]


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """A line of the chart for each row: a name that occurs twice gets its publication, then a number."""
    line = rows["what"].astype(str)
    line = line.where(rows["who"] != chart.OURS_CLEAN, line + ", leak-free")
    again = line.duplicated(keep=False)
    line = line.where(~again, line + " (" + rows["publication"].astype(str) + ")")
    number = line.groupby(line).cumcount() + 1
    return rows.assign(line=line.where(number == 1, line + " " + number.astype(str)))


def _checks(task: str) -> None:
    rows = ask(CHECKS, task)
    if not len(rows):
        return
    with st.expander("What the audit looked at", icon=":material/policy:"):
        show.listed(
            rows, show.filled(CHECKS, task), "task-checks",
            column_config={
                "check_id": st.column_config.TextColumn("check"),
                "n_items": st.column_config.NumberColumn("test items at fault", format="localized"),
                "of_n": st.column_config.NumberColumn("of", format="localized"),
                "score": st.column_config.NumberColumn("score of a look-up or shortcut", format="%.3f"),
                "score_metric": st.column_config.TextColumn("in"),
                "says": st.column_config.TextColumn("what was found", width="large"),
                "examples": st.column_config.TextColumn("places (split:row)", width="medium"),
            },
        )  # fmt: skip


def _made(task: str) -> None:
    rows = ask(MADE, task)
    if not len(rows):
        return
    run = rows.iloc[0]
    files = ", ".join(
        f"{path} {digest[:16]}"
        for path, digest in zip(run["test_files"], run["test_sha256"], strict=True)
    )
    st.caption(
        safe.plain(
            f"Our own run: {run['command']}; settings chosen on dev by {run['selected_by']}; code "
            f"{run['code_sha256'][:16]}; seeds {', '.join(map(str, run['seeds']))}; test files (SHA-256) "
            f"{files}; {run['versions']}."
        )
    )
