"""The gate before the grammar lets through every verb and noun of the vocabulary."""

from __future__ import annotations

from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.words import verb_forms

_PARTED = {"set", "shell", "turn", "up", "back", "program", "programme", "ax", "axe"}
"""Verbs that give only with a particle or another word beside them, which opens the gate, or that are mostly nouns."""


def test_verbs_that_take_a_sum_open_the_gate() -> None:
    words = aid_words()
    forms: dict[str, set[str]] = {}
    for form, verb in verb_forms().items():
        forms.setdefault(verb.lemma, set()).add(form)
    lemmas = {*words.strong, *words.weak, *words.stopping, *words.restoring, *words.receiving} - _PARTED
    shut = {
        form
        for lemma in lemmas
        for form in forms.get(lemma, {lemma})
        if "-" not in form and " " not in form and not words.sum_triggers.search(form)
    }
    assert shut <= {"flied", "gotten"}
