"""How fast and in how little memory snapshots are screened: against the limit, by engine, by size.

    python -m benchmarks.screening            # a small run, made here, a minute or two
    python -m benchmarks.screening FOLDER 20  # FOLDER/works made first if it isn't there, 20 x 100,000
    python -m benchmarks.screening --spark    # Spark too

Times are CPU seconds of the process with its children, on whatever else the machine does; wall time
stands beside them. The limit is the fastest way that we know to get every record of the same files
through a JSON parser: DuckDB's own count over one column of read_json; what merely unpacking costs
(zlib) stands beside it. Spark's JVM is no child that is waited for: of Spark only wall time is printed.
Every measurement runs in a process of its own, whose peak memory is the operating system's word
(ru_maxrss, process_cost.py).
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import process_cost
from benchmarks.screening_snapshot import write_part

ROOT = Path(__file__).resolve().parent.parent
PART = 100_000
# Bytes of references that bring a made record to the length of a real one (some 5,000 bytes).
BALLAST = 3_500
ZLIB = """
import sys, zlib
total = 0
for name in sys.argv[1:]:
    unpacker = zlib.decompressobj(31)
    with open(name, 'rb') as handle:
        while block := handle.read(1 << 20):
            total += len(unpacker.decompress(block))
print(total)
"""
COUNT = """
import sys, duckdb
connection = duckdb.connect(config={'memory_limit': '1GB'})
print(connection.execute(
    "SELECT count(title) FROM read_json(?, format='newline_delimited', hive_partitioning=false, "
    "columns={title: 'VARCHAR', abstract_inverted_index: 'JSON'}) WHERE strlen(abstract_inverted_index) >= 0 "
    "OR title IS NOT NULL OR true", [sys.argv[1:]]).fetchone()[0])
"""
SCREEN = """
import sys
from cli import main
sys.argv = ['claimgap', 'screen', *sys.argv[1:]]
main()
"""


def measured(code: str, *arguments: object) -> tuple[float, float, float, str]:
    """CPU seconds (children too), wall seconds, peak MB, and what was printed."""
    cost = process_cost.run([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT)
    if cost.status:
        raise SystemExit(f"failed: {code[:60]} {arguments}\n{cost.errors[-2_000:]}")
    return cost.cpu_s, cost.wall_s, cost.peak_mb, cost.printed


def parts(folder: Path, count: int) -> list[Path]:
    """The first partitions of a made snapshot; what isn't there is made."""
    found = []
    for number in range(count):
        path = folder / f"works/updated_date=2026-0{1 + number // 10}-01/part_{number:04d}.gz"
        if not path.is_file():
            write_part(path, PART, number, BALLAST)
        found.append(path)
    return found


def subset(files: list[Path], folder: Path) -> Path:
    """A snapshot of some partitions, as links."""
    for path in files:
        place = folder / "works" / path.parent.name / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(path.absolute())
    return folder


def compare(files: list[Path], spark: bool) -> None:
    """One table: the same partitions by zlib, by DuckDB's count, and by each way of screening."""
    with tempfile.TemporaryDirectory(prefix="claimgap-") as name:
        work = Path(name)
        snapshot = subset(files, work / "snapshot")
        unpack = measured(ZLIB, *files)
        size = int(unpack[3]) / 1e6
        packed = sum(f.stat().st_size for f in files) / 1e6
        rows = [
            ("unpack with zlib, one core", unpack),
            ("DuckDB count over read_json: the limit", measured(COUNT, *files)),
        ]
        common = ("--format", "json")
        rows.append(("screen", measured(SCREEN, snapshot, "--out", work / "a", *common)))
        again = measured(SCREEN, snapshot, "--out", work / "a", *common)
        rows.append(("screen again, nothing to do", again))
        rows.append(
            ("convert", measured(SCREEN, "convert", snapshot, "--out", work / "narrow", *common))
        )
        rows.append(
            (
                "screen the narrow files",
                measured(SCREEN, work / "narrow", "--out", work / "b", *common),
            )
        )
        if spark:
            master = ("--engine", "spark", "--master", "local[2]")
            rows.append(
                (
                    "screen on Spark",
                    measured(SCREEN, snapshot, "--out", work / "c", *master, *common),
                )
            )
            rows.append(
                (
                    "screen the narrow files on Spark",
                    measured(SCREEN, work / "narrow", "--out", work / "d", *master, *common),
                )
            )
        ledgers = {p.read_bytes() for p in work.glob("*/ledger.parquet")}
        if len(ledgers) != 1:
            raise SystemExit("the ledgers differ")
        counts = json.loads((work / "a" / "counts.json").read_text())
        records = counts["records_in"]
        narrow = sum(f.stat().st_size for f in (work / "narrow").glob("*.parquet")) / 1e6
        print(f"{records:,} records, {packed:,.0f} MB packed, {size:,.0f} MB unpacked, "
              f"{narrow:,.0f} MB narrow; {counts['candidates']:,} candidates")  # fmt: skip
        limit = rows[1][1][0]
        print(f"{'':<40} CPU s  of the limit  MB/s CPU  records/s CPU  wall s  peak MB")
        for label, (cpu, wall, peak, _) in rows:
            if "Spark" in label:  # its JVM's time and memory aren't the command's
                print(f"{label:<40} {'':>5}  {'':>11}  {'':>8}  {'':>13}  {wall:>6.0f}")
                continue
            print(f"{label:<40} {cpu:>5.1f}  {limit / cpu:>11.0%}  {size / cpu:>8.0f}  {records / cpu:>13,.0f}  {wall:>6.0f}  {peak:>7.0f}")  # fmt: skip
        sys.stdout.flush()


def growth(files: list[Path]) -> None:
    """CPU seconds and peak memory from one partition to all of them."""
    print("records     unpacked MB  CPU s  records/s CPU  peak MB", flush=True)
    count = 1
    while count <= len(files):
        with tempfile.TemporaryDirectory(prefix="claimgap-") as name:
            snapshot = subset(files[:count], Path(name) / "snapshot")
            out = Path(name) / "out"
            cpu, _, peak, _ = measured(SCREEN, snapshot, "--out", out, "--format", "json")
            size = int(measured(ZLIB, *files[:count])[3]) / 1e6
            records = json.loads((out / "counts.json").read_text())["records_in"]
            print(f"{records:<11,} {size:>11,.0f}  {cpu:>5.1f}  {records / cpu:>13,.0f}  {peak:>7.0f}", flush=True)  # fmt: skip
        count = count * 3 if count * 3 <= len(files) or count == len(files) else len(files)
        if count > len(files):
            break


def main() -> None:
    """Compare on two partitions, then grow."""
    words = [a for a in sys.argv[1:] if not a.startswith("-")]
    words = [a for a in words if a != "screening"]
    with tempfile.TemporaryDirectory(prefix="claimgap-") as name:
        folder = Path(words[0]) if words else Path(name)
        files = parts(folder, int(words[1]) if len(words) > 1 else 2)
        if "--growth" not in sys.argv:
            compare(files[:2], "--spark" in sys.argv and shutil.which("java") is not None)
        growth(files)


if __name__ == "__main__":
    main()
