"""From extracted rows to the frames of the tables."""

from communique.frames.build import build_frames, extracted_columns, row_counts, row_ids

__all__ = ["build_frames", "extracted_columns", "row_counts", "row_ids"]
