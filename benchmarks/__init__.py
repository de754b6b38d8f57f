"""What `make bench` measures: ratios of CPU time side by side, statements counted, sizes. See docs/benchmarks.md."""
