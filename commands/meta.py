"""`claimgap meta`: the meta-analysis engine on anybody's CSV."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.table import Table

from analysis.meta import MetaError, MetaResult, fit
from analysis.meta.errors import CombinationError, OptionError
from analysis.meta.table import EffectTable, TableError
from commands.common import WRONG_USE, console, shown, stop


class Method(StrEnum):
    """Estimators of the heterogeneity variance."""

    fe = "fe"
    dl = "dl"
    pm = "pm"
    ml = "ml"
    reml = "reml"


class Test(StrEnum):
    """Tests of the coefficients."""

    wald = "wald"
    knapp_hartung = "knapp-hartung"


class Robust(StrEnum):
    """Cluster-robust variances."""

    cr0 = "cr0"
    cr1 = "cr1"
    cr1p = "cr1p"
    cr2 = "cr2"


class Prediction(StrEnum):
    """Distributions of the prediction interval."""

    as_test = "as-test"
    z = "z"
    k_p = "t(k-p)"
    k_2 = "t(k-2)"
    g_2 = "t(g-2)"
    none = "none"


class Output(StrEnum):
    """How the result is printed."""

    table = "table"
    json = "json"


def meta(
    file: Annotated[Path, typer.Argument(help="A CSV with one effect a row.", metavar="FILE.csv")],
    effect: Annotated[str, typer.Option(help="Column of the effects.")],
    variance: Annotated[str, typer.Option(help="Column of their sampling variances.")],
    cluster: Annotated[
        str | None, typer.Option(help="Column of the clusters; gives CR2 unless --robust says.")
    ] = None,
    nested: Annotated[
        str | None,
        typer.Option(help="Columns of nested random effects, outer first: paper/result."),
    ] = None,
    crossed: Annotated[
        str | None, typer.Option(help="Columns of crossed random effects: task,dataset.")
    ] = None,
    method: Annotated[Method, typer.Option(help="Estimator.")] = Method.reml,
    test: Annotated[Test, typer.Option(help="Test and interval.")] = Test.wald,
    moderators: Annotated[
        str | None, typer.Option(help="Columns of moderators, numbers or categories: a,b.")
    ] = None,
    robust: Annotated[
        Robust | None,
        typer.Option(help="Cluster-robust variance; by the outermost level without --cluster."),
    ] = None,
    level: Annotated[float, typer.Option(help="Confidence level.")] = 0.95,
    prediction: Annotated[
        Prediction, typer.Option(help="Distribution of the prediction interval.")
    ] = Prediction.as_test,
    form: Annotated[Output, typer.Option("--format", "-f", help="How to print.")] = Output.table,
) -> None:
    """Pool the effects of a CSV: one estimate, its interval, and how much the effects differ.

    Example: claimgap meta gaps.csv --effect yi --variance vi --nested paper/result --robust cr2
    """
    levels, crosses = _names(nested, "/"), _names(crossed, ",")
    moderating = _names(moderators, ",")
    if robust is not None and cluster is None and not levels:
        stop(
            "--robust needs to know which rows belong together: add --cluster COLUMN, or --nested "
            "with the cluster as its outer level",
            WRONG_USE,
        )
    kind = robust or (Robust.cr2 if cluster is not None else None)
    table: EffectTable | None = None
    try:
        table = EffectTable(file)
        labelled = [*levels, *crosses, *([cluster] if cluster else [])]
        table.require([effect, variance, *labelled, *moderating])
        y, v = table.numbers(effect), table.numbers(variance, positive=True)
        labels = {name: table.labels(name) for name in dict.fromkeys(labelled)}
        columns = {name: table.moderator(name) for name in moderating}
        table.settle()
        result = fit(
            y,
            v,
            moderators=columns or None,
            levels=[labels[name] for name in levels] or None,
            crossed=[labels[name] for name in crosses] or None,
            cluster=labels[cluster] if cluster else None,
            method=method.value,
            test=test.value,
            robust=None if kind is None else kind.value,
            prediction=prediction.value,
            level=level,
            level_names=[*levels, *crosses],
        )
    except TableError as error:
        _stop_with(error)
    except (OptionError, CombinationError) as error:
        stop(f"{error.code}: {error.sentence} {_as_options(error.remedy)}", WRONG_USE)
    except MetaError as error:
        stop(_placed(error, table, file))
    if form is Output.json:
        sys.stdout.write(json.dumps(result.to_dict(), indent=1, allow_nan=False) + "\n")
    else:
        _print(result, levels + crosses)


def _names(given: str | None, separator: str) -> list[str]:
    """Column names of an option, without blanks and repeats."""
    names = [part.strip() for part in (given or "").split(separator)]
    return list(dict.fromkeys(name for name in names if name))


def _stop_with(error: TableError, limit: int = 50) -> NoReturn:
    """Print the problems of a file, and end."""
    lines = [str(problem) for problem in error.problems[:limit]]
    total = len(error.problems)
    if total > limit:
        lines.append(f"... and {total - limit} more problems")
    stop("\n".join(lines))


def _placed(error: MetaError, table: EffectTable | None, file: Path) -> str:
    """A refusal of the engine, with the line of its first row where it has one."""
    place = file.as_posix()
    if table is not None and error.rows:
        place += f":{table.line(error.rows[0])}:1"
    return f"{place}: {error.code}: {error.sentence} {_as_options(error.remedy)}"


def _as_options(remedy: str) -> str:
    """A remedy in the words of the command line."""
    for word, option in (
        ("method=", "--method "),
        ("robust=", "--robust "),
        ("cluster=", "--cluster "),
    ):
        remedy = remedy.replace(word, option)
    return remedy.replace("'", "")


def _interval(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else f"{interval[0]:.4g} to {interval[1]:.4g}"


def _print(result: MetaResult, level_names: list[str]) -> None:
    """The result for people."""
    percent = f"{100 * result.level:g} %"
    facts = Table(show_header=False, box=None, pad_edge=False)
    rows: list[tuple[str, Any]] = [
        ("effects", result.k),
        ("independent groups", result.n_clusters),
        ("model", f"{result.method}, {result.test}"),
    ]
    if result.estimate is not None:
        rows += [
            ("estimate", result.estimate),
            ("standard error", result.se),
            (f"{percent} interval", _interval(result.ci)),
            ("p", result.p),
            (f"{percent} prediction interval", _interval(result.prediction_interval)),
        ]
    if result.robust is not None and result.robust.se is not None:
        rows += [
            (f"robust ({result.robust.kind}) standard error", result.robust.se),
            (f"robust {percent} interval", _interval(result.robust.ci)),
            ("robust p", result.robust.p),
            ("robust degrees of freedom", result.robust.df),
        ]
    rows += [
        ("tau2", result.tau2),
        ("tau2 interval", _interval(result.tau2_ci)),
        *((f"sigma2 of {n}", s) for n, s in zip(level_names, result.sigma2, strict=False)),
        ("I2, per cent", result.i2),
        ("H2", result.h2),
        (f"Q ({result.q_df} df)", result.q),
        ("p of Q", result.q_p),
    ]
    if result.omnibus is not None:
        rows += [(result.omnibus.name, result.omnibus.statistic), ("its p", result.omnibus.p)]
    for name, value in rows:
        facts.add_row(name, shown(value))
    console.print(facts)
    if len(result.coefficients) > 1:
        table = Table("coefficient", "estimate", "se", f"{percent} interval", "p", "df")
        for c in result.coefficients:
            cells = (c.estimate, c.se, _interval(c.ci), c.p, c.df)
            table.add_row(c.name, *(shown(cell) for cell in cells))
        console.print(table)
    for warning in result.warnings:
        console.print(f"note: {warning}", highlight=False, soft_wrap=True, markup=False)
