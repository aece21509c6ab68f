"""Tariffs: who puts, threatens, suspends or lifts which customs measure on whom."""

from communique.extraction.tariffs.extract import tariff_rows

__all__ = ["tariff_rows"]
