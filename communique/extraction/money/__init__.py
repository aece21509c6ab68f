"""Sums of money in an article: figures, currencies, ranges, qualifiers and restatements in another currency."""

from communique.extraction.money.amounts import amounts_in, find_amounts

__all__ = ["amounts_in", "find_amounts"]
