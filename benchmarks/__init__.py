"""What it costs: `make bench`. README.md says what is measured and what came out."""
