"""Recommendations: who advises whom to do what."""

from communique.extraction.recommendations.rows import recommendation_rows

__all__ = ["recommendation_rows"]
