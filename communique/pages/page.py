"""One self-contained HTML page: styles, scripts and data inside it, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from communique.pages.words import FILTERS
from communique.templates import templates

_SCRIPT_SAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"})


def render(template: str, *, styles: Iterable[str], scripts: Iterable[str] = (), **content: Any) -> str:
    """The page that `template` makes of `content`, with the assets named, which its policy lists by their digests."""
    style, script = _joined(styles), _program(scripts)
    shell = {"style": Markup(style), "script": Markup(script), "policy": policy(style, script)}
    return _environment().get_template(template).render(**shell, **content)


def json_block(content: Mapping[str, Any]) -> Markup:
    """Data as the text of a script element: nothing in it can end the element or be read as markup."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_SCRIPT_SAFE))


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page: its own style and script by their digests, and no request at all."""
    rules = {
        "default-src": "'none'",
        "style-src": _digest(style),
        "script-src": _digest(script) if script else "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _joined(names: Iterable[str]) -> str:
    return "".join(_asset(name) for name in names)


def _program(names: Iterable[str]) -> str:
    """The scripts as one program that leaves no name behind."""
    source = _joined(names)
    return f'(() => {{\n"use strict";\n{source}}})();\n' if source else ""


@cache
def _asset(name: str) -> str:
    return (files("communique.pages") / "assets" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return templates("communique.pages", FILTERS, markup=True)
