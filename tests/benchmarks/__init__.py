"""What the kiosk costs at an 80x24 terminal, measured; ``python -m tests.benchmarks --help``."""
