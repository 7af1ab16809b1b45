"""Measurements: `python -m benchmarks` prints one table, `--write` puts it into the docs."""
