"""What all pages have in common: nothing gets in, nothing goes out, nothing hides."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from communique.pages.explore import explore_page
from communique.pages.words import change, shown, visible
from communique.releases.rows import rows_of
from tests.pages.releases import small


def test_the_policy_allows_the_page_its_own_style_and_script_alone() -> None:
    page = explore_page("1.0.0", rows_of(small()))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    for name, element in (("style-src", "style"), ("script-src", "script")):
        (text,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31m", "[U+001B][31m"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}x\N{POP DIRECTIONAL FORMATTING}", "[U+202E]x[U+202C]"),
        ("\ufeff", "[U+FEFF]"),
        ("שלום \N{ZERO WIDTH JOINER}", "שלום \N{ZERO WIDTH JOINER}"),
    ],
)
def test_characters_that_hide_or_turn_others_are_spelled_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (None, "–"),
        (True, "yes"),
        (4_200_000_000.0, "4,200,000,000"),
        (2.5, "2.5"),
        (1200, "1,200"),
        (["a", "b"], "a, b"),
    ],
)
def test_values_read_as_people_write_them(value: object, seen: str) -> None:
    assert shown(value) == seen


@pytest.mark.parametrize(
    ("value", "seen"), [(None, "–"), (0.0, "±0"), (0.0004, "±0"), (0.1, "+0.100"), (-0.1, "−0.100")]
)
def test_a_change_has_its_sign(value: float | None, seen: str) -> None:
    assert change(value) == seen
