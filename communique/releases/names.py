"""The names of files that readers of releases look for."""

from __future__ import annotations

INDEX = "index.json"
DESCRIPTOR = "datapackage.json"

REPORTS = ("quality.json", "quality.md", "diff.json")
"""The files of a release beside its tables and their descriptor."""
