"""Corrections by people: rows of a table dropped, changed or added before validation, each with reason and author."""

from communique.corrections.actors import actor_changes, described
from communique.corrections.apply import corrected, require_applied, require_kept
from communique.corrections.model import FILE, NONE, Applied, CorrectionError, Corrections
from communique.corrections.read import read_corrections

__all__ = [
    "FILE",
    "NONE",
    "Applied",
    "CorrectionError",
    "Corrections",
    "actor_changes",
    "corrected",
    "described",
    "read_corrections",
    "require_applied",
    "require_kept",
]
