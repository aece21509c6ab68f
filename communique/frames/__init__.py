"""From extracted rows to the frames of the tables."""

from communique.frames.build import build_frames, row_counts

__all__ = ["build_frames", "row_counts"]
