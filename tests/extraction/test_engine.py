"""Any text gives valid rows, the same ones every time, in time that grows with its length."""

import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.articles.sentences import LONGEST_SENTENCE
from communique.extraction.engine import extract
from communique.frames import build_frames, row_counts
from communique.quality.validation import validate

OPENING = (
    "On Tuesday the government said that Norway and Sweden gave $3 million to Ukraine and put a 5% tariff on steel. "
)


def article(text, number=0):
    return build_article(
        text, Metadata(published="2024-05-01"), article_id=f"article-{number}", source_file=f"{number}.txt"
    )


PHRASES = """
Norway|Japan's|the White House|NATO|Prime Minister|Shigeru Ishiba|Ministry of|Institute|the|government|gave|pledged
has provided|imposed|tariff|tariffs of|duty on|steel|aid|loans|military|must|should not|is urged to|ought to|need to
the need for|to|act|said|that|$|€5|billion|million yen|3|1.5-2bn|25%|per cent|from 5 to 10|between|and|or|of|last year
3 May 2024|2014|the 1990s|on Monday|two years earlier|first quarter|ago|in|by|1.|<b>|&amp;|http://a.b/c
"""
SIGNS = ",.;:?!…—-()[]“”‘’\"'•#*|\n\t\r\x00\x1b\x85\u2028\u00a0\u200b\u202e\ufeff\u0301İßﬁ٣½一👩\u200d"
WORDS = (*PHRASES.strip().replace("\n", "|").split("|"), *SIGNS, "\n\n", "x" * 300)

PROSE = st.lists(st.sampled_from(WORDS), max_size=60).flatmap(
    lambda words: st.sampled_from((" ", "", "\n")).map(lambda space: space.join(words))
)
TEXTS = st.lists(st.one_of(st.text(max_size=200), PROSE), min_size=1, max_size=6).map("\n\n".join)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_any_text_gives_valid_rows(texts):
    """Spans hold, no row is quarantined, and neither the order of the articles nor a second time makes a difference."""
    articles = [article(text, number) for number, text in enumerate(texts)]
    found = [extract(one) for one in articles]
    assert list(reversed([extract(one) for one in reversed(articles)])) == found
    frames = build_frames(found, ())
    again = build_frames(reversed(found), ())
    assert all(again[name].equals(frame) for name, frame in frames.items())
    checked = validate(frames, {one.article_id: one.text for one in articles}, extracted=row_counts(found))
    assert checked.quarantine.to_dicts() == []
    assert checked.stops == ()


REPEATED = {
    "modals": "Norway must ",
    "negated modals": "they should not ",
    "sums": "$1 ",
    "sums of aid": "Norway gave $5 million to Ukraine and ",
    "verbs of giving": "gave aid to ",
    "rates": "5% ",
    "rates of tariffs": "tariff of 5% on steel ",
    "ranges": "from 1 to 2 to 3 ",
    "open ranges": "between 5 and ",
    "magnitudes": "million ",
    "number words": "hundred and ",
    "digits": "1",
    "groups of digits": "1,000,",
    "dates": "3 May 2024, ",
    "years": "1999 2001 ",
    "months": "March ",
    "times before times": "last year before ",
    "ordinals": "the first quarter of ",
    "names": "Ishiba Shigeru ",
    "acronyms": "NATO EU UN ",
    "letters with stops": "U.S. ",
    "named acronyms": "European Union (EU) ",
    "titles": "Prime Minister ",
    "bodies": "Ministry of Foreign ",
    "genitives": "Norway’s government’s minister’s ",
    "lists of names": "Norway, Sweden, ",
    "reported speech": "that he said that ",
    "relative clauses": "the country which ",
    "needs": "the need for Norway to ",
    "appeals": "urged Japan to ",
    "items": "• Norway should act\n",
    "headings": "Japan:\n",
    "blocks": "a\n\n",
    "quotes": "“ ‘ ",
    "straight quotes": '"a" \'b" ',
    "brackets": "(Norway [",
    "stops": "...",
    "dashes": "— - – ",
    "currency signs": "€£$",
    "hyphens": "a-b-",
    "one word": "a",
    "one word in capitals": "A",
    "white space": " \t",
    "control characters": "\x00\x1b",
    "combining marks": "e\u0301\u0301",
    "emoji": "👩‍👩‍👧 ",
    "markup": "<b>a</b> &amp; ",
    "addresses": "http://a.b/c?d=e&",
}

LENGTH = 2 * LONGEST_SENTENCE
"""Characters of the longer text, four times the shorter one: the square of four is far from the bounds below."""


def effort(text):
    """Calls of functions while the text is read, and seconds of one processor."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    begin = time.process_time()
    sys.setprofile(count)
    try:
        extract(article(text))
    finally:
        sys.setprofile(None)
    return calls, time.process_time() - begin


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_repetitions_take_effort_in_proportion(unit):
    long = unit * (LENGTH // len(unit))
    extract(article(OPENING))
    short_calls, short_seconds = effort(OPENING + long[: LENGTH // 4])
    long_calls, long_seconds = effort(OPENING + long)
    assert long_calls < 8 * short_calls
    assert long_seconds < 12 * short_seconds + 5


def test_a_line_without_a_full_stop():
    """A long line is read as sentences of bounded length, each row with evidence of its own."""
    found = extract(article(OPENING.replace(".", ",") * 500))
    sentences = found.article.sentences
    assert all(one.end - one.start <= LONGEST_SENTENCE for one in sentences)
    assert {row.sentence for row in found.rows.actor_mentions} == set(range(len(sentences)))
    assert validate(build_frames([found], ()), {found.article.article_id: found.article.text}).quarantine.is_empty()
