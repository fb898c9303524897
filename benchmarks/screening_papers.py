"""Files a second of `claimgap ingest table FOLDER` against the same files one by one.

    python -m benchmarks.screening_papers            # 600 made papers
    python -m benchmarks.screening_papers FOLDER     # full texts and e-prints that you have

The serial run is the loop that a user would write around the single-file reader, in this process;
the folder is read by one process, and by as many as there are cores. CPU seconds (children too)
stand beside wall seconds: on a busy machine only the former mean anything.
"""

import gzip
import io
import os
import resource
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from ingest.tables.folder import papers, read_folder
from ingest.tables.read import TableFileError, read_tables

JATS = """<article><body><sec><table-wrap id="t{n}"><label>Table 1</label><caption><p>Scores</p></caption>
<table><thead><tr><th>Model</th><th>AUROC</th></tr></thead><tbody>{rows}</tbody></table></table-wrap>
{text}</sec></body></article>"""
TEX = r"""\documentclass{article}\begin{document}
\begin{table}\caption{Scores}\begin{tabular}{lr}\toprule Model & AUROC \\ \midrule
%s \bottomrule\end{tabular}\end{table}
\end{document}"""


def write_papers(folder: Path, count: int, rows: int = 10, words: int = 200) -> list[str]:
    """Write ``count`` papers, every third an e-print; beside them one that is no XML."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for n in range(count):
        cells = [(f"model {i}", f"0.{(n * 37 + i * 11) % 900 + 100}") for i in range(rows)]
        if n % 3 == 2:
            raw = (TEX % " ".join(rf"{a} & {b} \\" for a, b in cells)).encode()
            packed = io.BytesIO()
            with tarfile.open(fileobj=packed, mode="w") as tar:
                entry = tarfile.TarInfo("main.tex")
                entry.size = len(raw)
                tar.addfile(entry, io.BytesIO(raw))
            name, raw = f"paper{n:05d}.tar.gz", gzip.compress(packed.getvalue(), mtime=0)
        else:
            shown = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in cells)
            text = f"<p>{'word ' * words}</p>" * 20
            name, raw = f"paper{n:05d}.xml", JATS.format(n=n, rows=shown, text=text).encode()
        (folder / name).write_bytes(raw)
        names.append(name)
    (folder / "broken.xml").write_text("<article><body>")
    (folder / "figure.png").write_bytes(b"not a paper")
    return names


def cpu():
    """CPU seconds of this process and of the children that have ended."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in found)


def serial(folder):
    """Tables of all papers, one after another."""
    count = 0
    for path in papers(folder):
        try:
            count += len(read_tables(path))
        except TableFileError:
            continue
    return count


def main():
    """Print one line a way of reading."""
    words = [a for a in sys.argv[1:] if a != "screening_papers"]
    with tempfile.TemporaryDirectory(prefix="claimgap-") as name:
        folder = Path(words[0]) if words else Path(name) / "papers"
        if not words:
            write_papers(folder, 600, rows=60, words=400)
        files = len(papers(folder)) if folder.is_dir() else 0
        if not files:
            raise SystemExit(f"{folder}: no papers in it; name a folder of full texts, or none")
        ways = [("one by one", lambda: serial(folder))]
        for workers in sorted({1, os.cpu_count() or 1}):
            out = Path(name) / f"out{workers}"
            ways.append((f"folder, {workers} processes", lambda w=workers, o=out: sum(p.tables for p in read_folder(folder, o, w, lambda p: None))))  # fmt: skip
        tables = set()
        print(f"{files} files\n{'':<22} files/s  wall s  CPU s  files/CPU s  of one by one")
        peer = 0.0
        for label, work in ways:
            began, spent = time.monotonic(), cpu()
            tables.add(work())
            wall, used = time.monotonic() - began, cpu() - spent
            peer = peer or files / wall
            print(f"{label:<22} {files / wall:>7.1f}  {wall:>6.1f}  {used:>5.1f}  {files / used:>11.1f}  {files / wall / peer:>13.2f}", flush=True)  # fmt: skip
        if len(tables) != 1:
            raise SystemExit(f"the ways found different numbers of tables: {tables}")


if __name__ == "__main__":
    main()
