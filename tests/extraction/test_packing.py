"""What was found in a file survives being packed, and nothing else is taken for it."""

import pickle
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.articles.model import Rejection, SentenceKind
from communique.extraction.engine import extract
from communique.extraction.packing import DamagedError, pack, unpack
from communique.extraction.rows import AidCommitment, ArticleRows
from tests.conftest import FERRIES, HARBOUR, STEEL


@pytest.mark.parametrize("text", [HARBOUR, STEEL, FERRIES], ids=["aid", "tariffs", "recommendations"])
def test_an_extraction_comes_back_as_it_was(text):
    found = extract(build_article(text, Metadata(authors=("Jane Doe", "Zoë \ud800"), published="2025")))
    back = unpack(pack(found))
    assert back == found
    assert list(back.actors) == list(found.actors)
    assert all(isinstance(sentence.kind, SentenceKind) for sentence in back.article.sentences)


def test_every_table_is_packed():
    found = extract(build_article(HARBOUR + STEEL + FERRIES))
    assert all(getattr(found.rows, field.name) for field in fields(ArticleRows))
    assert unpack(pack(found)).rows == found.rows


@given(amount=st.one_of(st.none(), st.floats(allow_nan=False)), purpose=st.text(), start=st.integers(0, 2**53))
def test_values_of_rows_come_back_to_the_bit(amount, purpose, start):
    row = AidCommitment(char_start=start, char_end=start, sentence=0, rule="", amount=amount, purpose=purpose)
    found = extract(build_article("A talk\n\nNobody spoke of anything.\n"))
    found = replace(found, rows=replace(found.rows, aid_commitments=(row,)))
    assert repr(unpack(pack(found))) == repr(found)


def test_a_rejection_comes_back_as_it_was():
    found = Rejection("Zürich.txt", None, "empty", "the file has no bytes", "fetch it again")
    assert unpack(pack(found)) == found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: pickle.dumps(data),
    ],
    ids=["nothing", "cut at the end", "cut in the middle", "a bit turned", "a pickle"],
)
def test_damaged_bytes_are_known(spoil):
    data = pack(extract(build_article(HARBOUR)))
    with pytest.raises(DamagedError):
        unpack(spoil(data))
