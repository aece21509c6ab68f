"""Rules are looked up by chains of classes that can stand together; no match is lost by that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extraction.dates.patterns import followers, hits, rules
from communique.extraction.dates.shape import Shape
from communique.extraction.dates.vocabulary import vocabulary

CODES = sorted(char for kind, char in vocabulary().code.items() if kind != "OTHER")
FOLLOWERS = {char: sorted(known) for char, known in followers().items()}


@st.composite
def islands(draw: st.DrawFn) -> str:
    """Classes side by side, most of them as rules have them."""
    out = [draw(st.sampled_from(CODES))]
    for _ in range(draw(st.integers(0, 9))):
        known = FOLLOWERS[out[-1]]
        likely = known and draw(st.integers(0, 4))
        out.append(draw(st.sampled_from(known if likely else CODES)))
    return "".join(out)


def by_chains(island: str) -> list[tuple[tuple[str, int], ...]]:
    """The names and ends of the rules that match at each place, chain by chain."""
    found: list[tuple[tuple[str, int], ...]] = []
    start = 0
    for stop in range(1, len(island) + 1):
        if stop == len(island) or island[stop] not in followers()[island[stop - 1]]:
            table = hits(island[start:stop]) or ((),) * (stop - start)
            found += [tuple((hit.rule.name, start + hit.stop) for hit in place) for place in table]
            start = stop
    return found


def one_by_one(island: str) -> list[tuple[tuple[str, int], ...]]:
    """The same by every rule on the whole island."""
    found = []
    for at in range(len(island)):
        ends = [(rule, rule.pattern.match(island, at)) for rule in rules()]
        longest = sorted((-match.end(), rule.order, rule.name) for rule, match in ends if match and match.end() > at)
        found.append(tuple((name, -end) for end, _, name in longest))
    return found


@given(islands())
def test_chains_lose_no_match(island: str) -> None:
    assert by_chains(island) == one_by_one(island)


@pytest.mark.parametrize(
    ("pattern", "firsts", "lasts", "pairs"),
    [
        ("ab", "a", "b", "ab"),
        ("a?b", "ab", "b", "ab"),
        ("(?:a|bc)d", "ab", "d", "ad bc cd"),
        ("a{0,2}b+", "ab", "b", "aa ab bb"),
        ("a(?=b)", "a", "ab", "ab"),
        ("(?<=a)b", "b", "b", "ab"),
    ],
)
def test_the_shape_of_a_pattern(pattern: str, firsts: str, lasts: str, pairs: str) -> None:
    shape = Shape(pattern)
    assert (shape.firsts, shape.lasts, shape.pairs) == (set(firsts), set(lasts), set(pairs.split()))


def test_where_a_match_can_begin() -> None:
    shape = Shape("ab?c")
    assert shape.begins("a", "b")
    assert shape.begins("a", "c")
    assert not shape.begins("a", "d")
    assert not shape.begins("b", "c")
    assert Shape("ab?").begins("a", "d")
