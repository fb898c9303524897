"""What several sources of the sequence models print for the same tasks and spreads."""

from __future__ import annotations

from ingest.transcription.base import Labels, spread


def _many(benchmark: str, labels: dict[str, str]) -> dict[str, str]:
    return {
        printed: f"{benchmark}/{task}"
        for task, all_printed in labels.items()
        for printed in all_printed.split(" ; ")
    }


GENOMIC_BENCHMARKS: Labels = _many(
    "genomic-benchmarks",
    {
        "mouse-enhancers-ensembl": "MOUSE ENHANCERS ; Mouse Enhancers ; Mouse Enhancers Ensembl",
        "coding-vs-intergenomic": "CODING VS. INTERGENOMIC ; Coding vs Intergenomic"
        " ; Coding vs. Intergenomic",
        "human-or-worm": "HUMAN VS. WORM ; Human vs Worm ; Human vs. Worm",
        "human-enhancers-cohn": "HUMAN ENHANCERS COHN ; Human Enhancers Cohn",
        "human-enhancers-ensembl": "HUMAN ENHANCER ENSEMBL ; Human Enhancers Ensembl",
        "human-ensembl-regulatory": "HUMAN REGULATORY ; Human Regulatory"
        " ; Human Ensembl Regulatory",
        "human-ocr-ensembl": "HUMAN OCR ENSEMBL ; Human OCR Ensembl",
        "human-nontata-promoters": "HUMAN NONTATA PROMOTERS ; Human Nontata Promoters"
        " ; Human non-TATA Promoters",
        "drosophila-enhancers-stark": "Drosophila Enhancers Stark",
    },
)
"""Genomic Benchmarks."""

_SHARED_18 = {
    "enhancers": "enhancers ; Enhancer ; ENHANCER",
    "enhancers-types": "enhancers_types ; Enhancer types ; Enhancer type ; ENHANCER TYPES"
    " ; EnhancersTypes",
    "promoter-all": "promoter_all ; Promoter all ; PROMOTER: ALL ; PromoterAll",
    "promoter-no-tata": "promoter_no_tata ; Promoter non-TATA ; PROMOTER: NONTATA ; PromoterNoTata",
    "promoter-tata": "promoter_tata ; Promoter TATA ; PROMOTER: TATA ; PromoterTata",
    "splice-sites-all": "splice_sites_all ; Splice all ; Splice site all ; SPLICE ALL"
    " ; SpliceSitesAll",
    "splice-sites-acceptors": "splice_sites_acceptors ; Splice acceptor ; SPLICE ACCEPTOR"
    " ; SpliceSitesAcceptors",
    "splice-sites-donors": "splice_sites_donors ; Splice donor ; SPLICE DONOR ; SpliceSitesDonors",
}

_YEAST = [
    "H3",
    "H3K14ac",
    "H3K36me3",
    "H3K4me1",
    "H3K4me2",
    "H3K4me3",
    "H3K79me3",
    "H3K9ac",
    "H4",
    "H4ac",
]
_HUMAN = [
    "H2AFZ",
    "H3K27ac",
    "H3K27me3",
    "H3K36me3",
    "H3K4me1",
    "H3K4me2",
    "H3K4me3",
    "H3K9ac",
    "H3K9me3",
    "H4K20me1",
]

NT_ORIGINAL: Labels = _many(
    "nt-tasks-original",
    {mark.lower(): f"{mark} ; {mark[:2]}{mark[2:].upper()}" for mark in _YEAST} | _SHARED_18,
)
"""The Nucleotide Transformer's original eighteen tasks, with yeast histone marks."""

NT_REVISED: Labels = _many("nt-tasks-revised", {mark.lower(): mark for mark in _HUMAN} | _SHARED_18)
"""The revised eighteen, with human histone marks: other data under partly the same names."""

RANGE_OVER_SEEDS = spread("range", "seeds")
"""Largest minus smallest value over seeds, as the Caduceus and JanusDNA papers print it."""
