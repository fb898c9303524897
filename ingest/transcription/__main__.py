"""`python -m ingest.transcription SOURCES_DIR [--only ID ...]`: write catalog/results anew."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import ingest.transcription
from ingest.transcription.base import Outcome, Source, convert
from ingest.transcription.files import replace
from schema.paths import default_catalog


def all_sources() -> Iterator[Source]:
    """Every source that a module of this folder describes, in the order of the modules' names."""
    for found in pkgutil.iter_modules(ingest.transcription.__path__):
        if not found.name.startswith("__"):
            module = importlib.import_module(f"{ingest.transcription.__name__}.{found.name}")
            yield from getattr(module, "SOURCES", ())


def report(outcome: Outcome) -> str:
    """Tab-separated lines: source, rows in, rows kept, rows dropped, reason or table."""
    kept, dropped = outcome.kept.total(), outcome.dropped.total()
    lines = [f"{outcome.source}\t{outcome.rows_in}\t{kept}\t{dropped}\t"]
    lines += [f"{outcome.source}\t\t{count}\t\t{table}" for table, count in outcome.kept.items()]
    lines += [f"{outcome.source}\t\t\t{n}\t{reason}" for reason, n in outcome.dropped.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert and write; 0 when all is well, 1 when a source has problems (it stays unwritten)."""
    parser = argparse.ArgumentParser(prog="python -m ingest.transcription", description=__doc__)
    parser.add_argument("sources", type=Path, help="the folder of transcribed evidence")
    parser.add_argument("--only", nargs="+", metavar="ID", help="convert these sources alone")
    parser.add_argument("--catalog", type=Path, default=default_catalog(), help="where to write")
    chosen = parser.parse_args(arguments)
    known = {source.id: source for source in all_sources()}
    wanted = chosen.only or list(known)
    if unknown := [each for each in wanted if each not in known]:
        parser.error(f"no source {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
    failed = False
    for each in wanted:
        outcome = convert(known[each], chosen.sources)
        print(report(outcome))
        for problem in outcome.problems:
            failed = True
            print(f"{each}: {problem}", file=sys.stderr)
        for name, text in outcome.files.items():
            replace(chosen.catalog / "results" / name, text)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
