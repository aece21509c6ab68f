"""Wordings are found sooner than by the regular expression they stand for, in the same places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extraction.wording import at_word_start, by_first_letter

WORDINGS = [
    "may|might|could|can",
    "retaliat(?:e|ing)|respond(?:ing)? in kind|hit(?:ting)? back",
    "(?:has|have) (?:got|to)|had",
    "(?:a|the|one) (?:step|way)s?|this [|)]",
    r"aid|air(?:lift|drop)|assist(?=ance)|in\ kind",
]
WORDS = st.sampled_from(
    "may might MAY can scan a an the one steps way has have got to had retaliate Hitting hitting back "
    "responding in kind aid raid airdrop assistance assist this | ) - , . \n é".split(" ")
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", " ", "-"]))).map(lambda p: "".join(map("".join, p)))


def spans(pattern, text, start=0):
    return [found.span() for found in re.compile(pattern).finditer(text, start)]


@pytest.mark.parametrize("wording", WORDINGS)
@given(text=TEXTS, start=st.integers(0, 12))
def test_a_wording_is_found_where_no_word_goes_on(wording, text, start):
    assert spans(at_word_start(wording), text, start) == spans(rf"(?<!\w)(?:{wording})", text, start)


@pytest.mark.parametrize("wording", WORDINGS)
@given(text=TEXTS)
def test_a_wording_may_be_in_any_case_and_no_part_of_a_compound(wording, text):
    quick = at_word_start(wording, apart_from=r"[\w-]", any_case=True)
    assert spans(quick, text) == spans(rf"(?<![\w-])(?i:{wording})", text)


@pytest.mark.parametrize("wording", ["['’]ve|have", r"\d+|some", "(?!x)y", "a?b", "(?:a|b)?c", "(?:a|b) (c)"])
def test_what_does_not_open_with_a_letter_is_left_as_it_is(wording):
    assert by_first_letter(wording) is None
    assert at_word_start(wording) == rf"(?<!\w)(?:{wording})"
