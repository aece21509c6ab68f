"""Templates that fail on what they are not given, and leave no blank line where a block stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def templates(package: str, filters: Mapping[str, Callable[..., Any]], *, markup: bool) -> Environment:
    """The templates of a package; in those of `markup` (HTML, XML) values are escaped by themselves."""
    environment = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not markup,
        autoescape=markup,
    )
    environment.filters |= filters
    return environment
