"""Where this project keeps what can be fetched or computed again."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "COMMUNIQUE_CACHE"


def cache_folder() -> Path:
    """`COMMUNIQUE_CACHE`, else the user's cache folder."""
    if given := os.environ.get(CACHE_VARIABLE):
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "communique"
