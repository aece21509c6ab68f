"""What the text says of an actor: the type of a body, its country, a person's nationality and office."""

from __future__ import annotations

import re

from communique.articles.model import Article
from communique.extraction.actors.find import Finding
from communique.extraction.actors.names import name_index
from communique.extraction.actors.vocabulary import vocabulary

_WORLDWIDE = re.compile(
    r"\b(?:International|World|Global|European|Asian|African|Pacific|Arab|Inter-American|Eurasian|Nordic|Atlantic"
    r"|UN|U\.N\.|United Nations|EU|NATO)\b"
)
_APPOSITION = re.compile(
    r",\s+((?:an?|the|then|former|his|her|its|head|director|chair\w*|president|deputy|senior|chief|professor)\b[^,.;:()\"“”]{2,90})"
)
_SEAT = re.compile(r"\s+in\s+((?:[^\W\d_][\w’'-]*\s?){1,2})")
_LINES = re.compile(r"\s+")


def body_type(name: str, head_type: str) -> str:
    """The actor type that a body's name shows, from that of its head word."""
    words = vocabulary()
    parts = re.findall(r"[^\W\d_][\w’'-]*", name)
    if any(part in words.party_nouns for part in parts) and any(part in words.party_adjectives for part in parts):
        return "political_party"
    if head_type == "other_organisation" and _WORLDWIDE.match(name):
        return "international_organisation"
    return head_type


def body_country(text: str, finding: Finding) -> str | None:
    """The country named in a body's name or as its possessor or adjective directly before."""
    index = name_index()
    before = text[max(0, finding.start - 24) : finding.start]
    seat = _SEAT.match(text, finding.end)
    for stretch in (text[finding.start : finding.end], before, seat[1] if seat is not None else ""):
        for hit in index.hits(stretch):
            actor = index.actors.get(hit.readings[0].actor_id)
            if actor is not None and actor.country and hit.readings[0].kind != "place":
                return actor.country
    return None


def nationality(finding: Finding) -> str | None:
    """The country of the adjective or possessor in a person's title."""
    if not finding.title:
        return None
    for hit in name_index().hits(finding.title):
        actor = name_index().actors.get(hit.readings[0].actor_id)
        if actor is not None and actor.type == "country":
            return actor.country
    return None


def role_of(text: str, finding: Finding, article: Article) -> str | None:
    """The office the article gives a person: the title before the name or the apposition after it."""
    if finding.title:
        return _LINES.sub(" ", finding.title)
    sentence = article.sentences[finding.sentence]
    found = _APPOSITION.match(text, finding.end, sentence.end)
    return _LINES.sub(" ", found[1]).strip() if found is not None else None
