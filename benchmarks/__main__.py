"""Run the measurements that need nothing from outside: `make benchmarks`, or name some."""

from __future__ import annotations

import sys
from importlib import import_module

MODULES = ("meta_speed", "kmer_speed", "check_speed", "analysis_speed")

for name in sys.argv[1:] or MODULES:
    print(f"== {name}", flush=True)
    import_module(f"benchmarks.{name}").main()
