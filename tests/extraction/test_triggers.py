"""The gate: what the words of a sentence say of it before it is read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.articles.model import Sentence, SentenceKind
from communique.extraction.shared import annotate
from communique.extraction.triggers import Gate

GIVING = re.compile(r"\b(?:giv|gave|donat)", re.IGNORECASE)
THINGS = re.compile(r"(?<![\w-])(?:rice|tents)(?!\w)", re.IGNORECASE)


def marks(*sentences):
    text, places = "", []
    for sentence in sentences:
        places.append(Sentence(len(text), len(text) + len(sentence), SentenceKind.PARAGRAPH, 0))
        text += sentence + " "
    return Gate((GIVING, THINGS)).marks(text, places)


@pytest.mark.parametrize(
    ("sentence", "mark"),
    [
        ("Chile gave rice.", 0b11),
        ("Peru DONATED boats.", 0b01),
        ("The (tents) stood.", 0b10),
        ("Giving:\nnothing", 0b01),
        ("Wild-rice grew; licerice did not.", 0),
        ("", 0),
    ],
)
def test_a_mark_has_a_bit_for_every_class_of_words_in_a_sentence(sentence, mark):
    assert marks(sentence) == [mark]


def test_marks_stand_in_the_order_of_the_sentences():
    assert marks("It rained.", "Oslo gave.", "Rice grew.", "It rained.") == [0, 0b01, 0b10, 0]


@given(st.lists(st.text(max_size=30).map(lambda word: f"gave {word} tents"), max_size=4))
def test_a_mark_says_what_a_search_in_the_sentence_would(sentences):
    found = marks(*sentences)
    assert all(mark & 0b01 for mark in found)
    assert [bool(mark & 0b10) for mark in found] == [THINGS.search(s) is not None for s in sentences]


@given(st.text(max_size=60))
def test_the_text_in_lower_case_keeps_every_offset(text):
    annotations = annotate(build_article(text, Metadata()))
    assert len(annotations.lower) == len(annotations.article.text)


def test_letters_that_grow_in_lower_case_stay_as_they_are():
    annotations = annotate(build_article("İzmir sent AID.", Metadata()))
    assert annotations.lower == "İzmir sent aid."
