"""Aid: who promised, gave, held back or ended what for whom."""

from communique.extraction.aid.extract import aid_rows

__all__ = ["aid_rows"]
