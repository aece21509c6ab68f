"""The reports of a release as files: one content in several forms, each a function of that content and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.pages.explore import explore_page
from communique.pages.quality import quality_page
from communique.quality.junit import render_junit
from communique.quality.markdown import render_markdown
from communique.releases.index import json_bytes
from communique.releases.names import EXPLORE, JUNIT, QUALITY, QUALITY_BROWSER, QUALITY_PAGE
from communique.releases.rows import Rows


def report_files(quality: Mapping[str, Any], tables: Mapping[str, Rows]) -> dict[str, bytes]:
    """The reports by the names of their files; `quality` is the content of `quality.json`."""
    return {
        QUALITY: json_bytes(quality),
        QUALITY_PAGE: render_markdown(quality).encode(),
        QUALITY_BROWSER: quality_page(quality, tables).encode(),
        EXPLORE: explore_page(quality["version"], tables).encode(),
        JUNIT: render_junit(quality),
    }
