"""Files made from a third party's notes on a paper: pointers to what the papers print, no results.

What each of them would decide, once the paper itself has been read, is in catalog/wanted.yaml.
"""

from __future__ import annotations

from ingest.transcription.base import Row, Source

_FILES = {
    "bian2024_scmulan_secondary": 2,
    "chen2023_genept_paper_tables_secondary": 1,
    "chen2023_genept_table1_copy2": 2,
    "cui2024_scgpt_fig4_secondary": 2,
    "hao2024_scfoundation_secondary": 2,
    "levine2024_cell2sentence_secondary": 2,
    "liu2023_scelmo_table1_secondary": 2,
    "pearce2026_transcriptformer_secondary": 2,
    "wang2025_scdrugmap_secondary": 2,
    "wen2024_cellplm_paper_secondary": 2,
    "yang2022_scbert_secondary": 2,
    "yang2023_genecompass_fig3_secondary": 2,
}


def _pointer(_: Row) -> str:
    return "a third party's notes on the paper, which nobody here has read"


SOURCES = tuple(
    Source(
        name,
        (f"single_cell{'_2' if folder == 2 else ''}/results/{name}.csv",),
        (),
        drop=_pointer,
    )
    for name, folder in _FILES.items()
)
