"""What the portal costs, measured: `python -m bench.pages`, `bench.growth`, `bench.plans`. See docs/performance.md."""
