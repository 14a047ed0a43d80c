"""python -m benchmarks [NAME ...]: run the named benchmarks, or all."""

import importlib
import pkgutil
import sys

import benchmarks

PREFIX = "bench_"
names = sorted(
    m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name.startswith(PREFIX)
)
for name in names:
    if not sys.argv[1:] or name.removeprefix(PREFIX) in sys.argv[1:]:
        importlib.import_module(f"benchmarks.{name}").main()
