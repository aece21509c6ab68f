"""How text falls apart into tokens, and what a spelling tells by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extraction.grammar.tokens import tokenize
from communique.extraction.grammar.words import Tag

CASES = [
    ("A duty of 5 per cent.", ["A", "duty", "of", "5", "per cent", "."]),
    ("per cent, per centre", ["per cent", ",", "per", "centre"]),
    ("the donors' pledge", ["the", "donors", "'", "pledge"]),
    ("She said 'yes.'", ["She", "said", "'", "yes", ".", "'"]),
    ("Peru's U.S.-made don't", ["Peru", "'s", "U.S.-made", "don't"]),
    ("$1,250.5 at 10:30", ["$", "1,250.5", "at", "10:30"]),
    ("one  two\nthree\u00a0four", ["one", "two", "three", "four"]),
    (" led and trailed ", ["led", "and", "trailed"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "tokens"), CASES)
def test_text_falls_apart_into_tokens(text, tokens):
    assert [token.text for token in tokenize(text, 0, len(text))] == tokens


@pytest.mark.parametrize(
    ("text", "tag"),
    [("the donors' pledge", Tag.GENITIVE), ("She said 'yes.' ", Tag.GENITIVE), ("She said 'yes.'", Tag.OTHER)],
)
def test_an_apostrophe_is_a_genitive_where_text_goes_on_behind_it(text, tag):
    assert next(t for t in reversed(tokenize(text, 0, len(text))) if t.text == "'").tag == tag


@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=40))
def test_a_sentence_has_the_same_tokens_wherever_it_stands(before, text, after):
    alone = tokenize(text, 0, len(text))
    within = tokenize(f"{before} {text} {after}", len(before) + 1, len(before) + 1 + len(text))
    assert [(t.text, t.tag, t.lemma) for t in alone] == [(t.text, t.tag, t.lemma) for t in within]


@given(st.text(max_size=200))
def test_no_sign_is_lost(text):
    tokens = tokenize(text, 0, len(text))
    assert "".join("".join(token.text.split()) for token in tokens) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("We'll act", [("We", Tag.PRONOUN), ("'ll", Tag.MODAL)]),
        ("they’ve acted", [("they", Tag.PRONOUN), ("’ve", Tag.HAVE)]),
        ("we're acting", [("we", Tag.PRONOUN), ("'re", Tag.BE)]),
        ("He'd act", [("He", Tag.PRONOUN), ("'d", Tag.MODAL)]),
        ("he'd spoken", [("he", Tag.PRONOUN), ("'d", Tag.HAVE)]),
        ("That's why", [("That", Tag.PRONOUN), ("'s", Tag.BE)]),
        ("Peru's why", [("Peru", Tag.NAME), ("'s", Tag.GENITIVE)]),
    ],
)
def test_a_shortened_auxiliary_is_a_word_of_its_own_behind_a_pronoun(text, tokens):
    assert [(t.text, t.tag) for t in tokenize(text, 0, len(text))[:2]] == tokens


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Togo and Mali plan to act.", "plan", Tag.BASE),
        ("The Togo and Mali plan to cut rates failed.", "plan", Tag.NOMINAL),
        ("They sold $3 billion of Peru's imports each.", "imports", Tag.NOMINAL),
        ("Peru is undoing the tariff increases that took effect.", "increases", Tag.NOMINAL),
        ("The nations hit by floods met.", "hit", Tag.PARTICIPLE),
        ("The song was a hit with everybody.", "hit", Tag.NOMINAL),
        ("Peru might at least reduce the rate.", "least", Tag.ADVERB),
        ("Peru no longer pays.", "no", Tag.NEGATION),
    ],
)
def test_what_stands_around_a_word_settles_its_class(text, word, tag):
    assert next(t.tag for t in tokenize(text, 0, len(text)) if t.text == word) == tag
