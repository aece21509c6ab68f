"""`CITATION.cff` names the latest release; everything else in it is written by people."""

from __future__ import annotations

import re

CITATION = "CITATION.cff"


def with_citation(text: str, version: str, released: str) -> str:
    """The text of a CITATION.cff with the version and the day of a release, where it has lines for them."""
    text = re.sub(r"^version:.*$", f"version: {version}", text, flags=re.MULTILINE)
    return re.sub(r"^date-released:.*$", f'date-released: "{released}"', text, flags=re.MULTILINE)
