"""Measurements: speed and memory (`bench.throughput`), accuracy on the annotated articles (`bench.quality`)."""
