"""The sentences that promise a row, found by the words of the cues."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.articles.build import build_article
from communique.articles.ingest import ingest
from communique.articles.model import Article
from communique.extraction.cues import cue_sentences, cues
from communique.extraction.engine import annotate

RAW = Path(__file__).parents[2] / "raw"

SENTENCES = [
    ("Norway has earmarked $5 million for the port.", ["aid_commitments"]),
    ("Norway gave $5 million for the port.", ["aid_commitments"]),
    ("Norway gave up $5 million of the port.", []),
    ("Norway has earmarked the port.", []),
    ("Import duties of 10 percent will hold.", ["tariffs"]),
    ("Anti-dumping taxes rose by 10 percent.", ["tariffs"]),
    ("Taxes rose by 10 percent.", []),
    ("TARIFFS ARE BACK.", ["tariffs"]),
    ("Norway ought to pay; Sweden calls for more.", ["recommendations"]),
    ("Norway had better pay.", ["recommendations"]),
    ("The call came in time.", []),
    ("It was built in 1987.", ["dates"]),
    ("It was built on 3 March.", ["dates"]),
    ("They may march on.", []),
]


@pytest.mark.parametrize(("sentence", "tables"), SENTENCES)
def test_tables_that_a_sentence_promises_a_row_of(sentence, tables):
    assert [cue.table for cue in cue_sentences(annotate(build_article(sentence)))] == tables


def test_the_cue_is_the_first_of_the_sentence_and_lies_in_it():
    article = build_article("Sweden waits. Norway must pay and should know why.")
    (found,) = cue_sentences(annotate(article))
    assert (found.sentence, article.text[found.char_start : found.char_end]) == (1, "must")


def test_every_stretch_that_a_cue_seeks_has_the_word_it_needs():
    texts = [found.text.lower() for found in ingest(RAW) if isinstance(found, Article)]
    stretches = [(cue, match.group()) for cue in cues() for text in texts for match in cue.words.finditer(text)]
    assert len(stretches) > 100
    assert [words for cue, words in stretches if not cue.needs.search(words)] == []
