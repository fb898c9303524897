"""Numbers that stand only in third parties' summaries: leads for catalog/wanted.yaml, no results."""

from __future__ import annotations

from ingest.transcription.base import Row, Source


def _lead(row: Row) -> str:
    return "a lead: the only source is a third party's summary of the paper"


SOURCES = (
    Source(
        id="secondary_notes",
        files=("dna_models/results/secondary_notes.csv",),
        drop=_lead,
        tables=(),
    ),
)
