"""What all descriptions of the data say of it: title, licence, creator, how to cite it."""

from __future__ import annotations

TITLE = "Aid, tariffs, dates, actors and recommendations in foreign-policy articles"
DESCRIPTION = (
    "Rows extracted from published articles; each points at the words it came from. "
    "The articles themselves belong to their publishers and are not part of the data."
)
CREATOR = "The communique contributors"
KEYWORDS = ("foreign policy", "foreign aid", "tariffs", "actors", "recommendations", "text as data")

LICENCE, LICENCE_TITLE = "CC-BY-4.0", "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


def bibtex(version: str) -> str:
    """The BibTeX entry of a release."""
    key = f"communique-{version}"
    return f"@misc{{{key}, author = {{{{{CREATOR}}}}}, title = {{communique: {TITLE}}}, version = {{{version}}}}}"
