"""F31: gene-gene relations and 3D structure are missing from what models are scored on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.bars import bars
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import Estimate, mean_of_members
from analysis.findings.judged import bar_rows, flags, judged
from analysis.findings.thresholds import FEW, below, message, of_parts, percent

SQL = """
WITH scored_on AS (
    SELECT r.method, count(*) AS n_results, bool_or(t.domain = 'grn') AS gene_networks,
        bool_or(t.domain = 'structure_3d' OR regexp_matches(t.id, '/epi-|enhancer-(target-)?gene|enhancer-promoter|contact-map')) AS structure_3d
    FROM result r JOIN task t ON t.id = r.task
    GROUP BY r.method
)
SELECT m.id AS model, m.family, s.n_results, list_contains(m.modality, 'dna') AS reads_dna,
    list_has_any(m.modality, ['single_cell_rna', 'single_cell_atac', 'spatial', 'multiomic']) AS reads_cells,
    s.gene_networks, s.structure_3d
FROM method m JOIN scored_on s ON s.method = m.id
WHERE m.kind = 'foundation_model'
ORDER BY m.id
"""


def _shares(rows: pd.DataFrame) -> dict[str, Estimate]:
    cells, dna = rows[rows["reads_cells"].astype(bool)], rows[rows["reads_dna"].astype(bool)]
    return {
        "models of cells ever scored on gene networks": mean_of_members(flags(cells["gene_networks"]), cells["family"]),
        "DNA models ever scored on 3D structure or enhancer-gene links": mean_of_members(flags(dna["structure_3d"]), dna["family"]),
    }  # fmt: skip


def measure(rows: pd.DataFrame) -> Found:
    """Share of scored models ever scored on either."""
    genes, structure = _shares(rows).values()
    if genes.ci is None or structure.ci is None:
        return insufficient(
            min(genes.n, structure.n), "model families",
            "results of at least five families of models of cells and five of DNA models",
        )  # fmt: skip
    return judged(
        of_parts([below(genes.ci, FEW), below(structure.ci, FEW)]), structure, "model families",
        f"Of DNA models with any result {percent(structure)} were ever scored on 3D structure or "
        f"enhancer-gene links; of models of cells {percent(genes)} ({genes.n} families) on gene "
        "networks.",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Both shares."""
    return bars(
        bar_rows(_shares(rows)), message(found, "{:.0%} of DNA models were ever scored on 3D structure or enhancer-gene links", "Models ever scored on how genes and sequence stretches interact"),
        "share of models with any result", f"n = {found.n} {found.unit_of_n}; dashed: a quarter",
        FEW,
    )  # fmt: skip
