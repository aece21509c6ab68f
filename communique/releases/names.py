"""The names of files that readers of releases look for."""

from __future__ import annotations

INDEX = "index.json"
DESCRIPTOR = "datapackage.json"
CROISSANT = "croissant.json"
SUMS = "SHA256SUMS"
QUALITY, QUALITY_PAGE, DIFF = "quality.json", "quality.md", "diff.json"
JUNIT = "junit.xml"
QUALITY_BROWSER, EXPLORE = "quality.html", "explore.html"

REPORT_FILES = (QUALITY, QUALITY_PAGE, QUALITY_BROWSER, EXPLORE, JUNIT)
"""The quality report in all its forms."""

REPORTS = (QUALITY, QUALITY_PAGE, DIFF)
"""The files beside tables and descriptor of the releases that have no list of digests."""
