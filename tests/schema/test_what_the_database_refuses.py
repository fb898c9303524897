"""Whatever the database would refuse, the check tells first, with code and place.

Each of these once passed `claimgap check` and ended `claimgap build` with a traceback of DuckDB,
Arrow or pandas; two of them passed both and lost an entry.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.catalog import load
from schema.problems import CatalogError
from tests.analysis import own_catalog

DATA, AUDIT = "datasets/toydata.yaml", "datasets/audits/toydata__set__1.yaml"
ROWS, OWN = "results/abel2024alpha/table-1.csv", "results/us2026baselines/toydata.yaml"
TERM = "- {publication: abel2024alpha, part: title_only, words: 5, promotional: 0, hedging: 0, lexicon: 1, source: x}\n"
EVIL = '- {id: a, source: abel2024alpha, what: x, evidence: y, action: mark, expect: "%s"}\n'
BIG = "9" * 25

REFUSED = [
    # file, what is replaced (empty: written at the end), by what, code, line
    ("models/alpha.yaml", "value: 1000000", f"value: {BIG}", "E021", 14),
    (ROWS, "1.0,sd,5", f"1.0,sd,{BIG}", "E120", 2),
    (ROWS, "\n1,alpha", "\n3000000000,alpha", "E120", 2),
    (ROWS, "90.0,percent", "1e999,percent", "E120", 2),
    ("metrics.yaml", "", "- {id: mcc, name: M, family: mcc, higher_is_better: true, chance: 0, "
     "perfect: 1, lower: -1, upper: 1}\n", "E210", 4),
    ("corpora/grch38.yaml", "", "  - {name: grch38, kind: assembly, organism: x, source: paper}\n", "E210", 10),
    ("terms.yaml", "", TERM * 2, "E210", 2),
    ("terms.yaml", "", TERM.replace("words: 5", "words: 5000000000"), "E021", 1),
    (DATA, "metric: accuracy", "metric: auprc", "E204", 11),
    (DATA, "", "  - {id: set/2, catalog_task: one, format: csv, metric: accuracy, splits: {test: []}}\n", "E214", 17),
    (AUDIT, "id: gc-shortcut", "id: duplicates-across-splits", "E215", 24),
    (AUDIT, "row: 4", "row: 1", "E215", 30),
    (OWN, "selected_by: accuracy", "selected_by: nonsense", "E204", 12),
    (OWN, "  tasks:\n", "  tasks:\n    - {task: toys/one, command: x, selected_by: accuracy, dev: hash, "
     f"test: hash, test_files: {{a: {'a' * 64}}}}}\n", "E216", 11),
    ("errata.yaml", "", EVIL % "COPY (SELECT 1) TO 'x.csv'", "E208", 7),
    ("errata.yaml", "", EVIL % "SELECT 1; DROP TABLE result", "E208", 7),
    ("errata.yaml", "", EVIL % "SELEC 1", "E208", 7),
    ("replies/abel2024alpha-1.yaml", "", "id: abel2024alpha-1\nreplies: [{by: [{name: A}], role: other, "
     "date: 2024-02-31, says: x}]\n", "E021", 2),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "line"), REFUSED)
def test_it_is_told_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    root = own_catalog.write(tmp_path)
    path = root / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert old in text
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(root)
    found = {(p.code, p.file, p.line) for p in caught.value.problems}
    assert (code, f"catalog/{file}", line) in found, "\n".join(map(str, caught.value.problems))


def test_half_a_file_of_a_source_is_no_number(tmp_path: Path) -> None:
    root = own_catalog.write(tmp_path)
    head = root / "results/abel2024alpha/table-1.yaml"
    files = ", ".join(f"{{name: {n}, sha256: {n * 64}, format: csv}}" for n in "ab")
    head.write_text(f"{head.read_text('utf-8')}transcribed_from: [{files}]\n", encoding="utf-8")
    first, second, *rest = (root / ROWS).read_text("utf-8").splitlines()
    lines = [f"{first},source_file,source_row", f"{second},0.5,1", *(f"{each},," for each in rest)]
    (root / ROWS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(root)
    assert [(p.code, p.key, p.line) for p in caught.value.problems] == [("E124", "source_file", 2)]


def test_a_second_audit_of_one_task_is_told(tmp_path: Path) -> None:
    root = own_catalog.write(tmp_path)
    (root / "datasets/audits/again.yaml").write_bytes((root / AUDIT).read_bytes())
    with pytest.raises(CatalogError, match="E215 task: found a second audit of toydata/set/1"):
        load(root)
