"""What the text says of an actor: the type of a body, its country, a person's nationality and office."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from communique.articles.model import Article
from communique.extraction.actors.context import words_before
from communique.extraction.actors.find import Finding
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.vocabulary import vocabulary

_WORLDWIDE: Final = re.compile(
    r"\b(?:International|World|Global|European|Asian|African|Pacific|Arab|Inter-American|Eurasian|Nordic|Atlantic"
    r"|UN|U\.N\.|United Nations|EU|NATO)\b"
)
_OF_STATE: Final = re.compile(r"\b(?:Commission|Authority|Administration) (?:of|for) (?:the )?[A-Z][\w ]+$")
_NAME_WORDS: Final = re.compile(r"[^\W\d_][\w’'-]*")
_APPOSITION: Final = re.compile(
    r",\s+((?:an?|the|then|former|his|her|its|head|director|chair\w*|president|deputy|senior|chief|professor)\b"
    r"[^,.;:()\"“”]{2,90})"
)
_LOWER_TITLE: Final = re.compile(
    r"(?P<owner>[^\W\d_][\w.]*(?:\s[^\W\d_][\w.]*)?)(?:['’]s?)?\s+(?P<role>(?:[a-z-]+\s+){0,5}(?P<noun>[a-z-]+)),?\s+\Z"
)
_SEAT: Final = re.compile(r"\s+in\s+((?:[^\W\d_][\w’'-]*\s?){1,2})")
_SPACES: Final = re.compile(r"\s+")


class Standing(NamedTuple):
    """The office that a text gives a person, and the nationality it is of."""

    role: str | None
    country: str | None


def body_type(name: str, head_type: str) -> str:
    """The actor type that a body's name shows, from that of its head word."""
    words = vocabulary()
    parts = _NAME_WORDS.findall(name)
    if any(part in words.party_nouns for part in parts) and any(part in words.party_adjectives for part in parts):
        return "political_party"
    if head_type == "other_organisation" and _OF_STATE.search(name) and country_in(name) is not None:
        return "government_body"
    if head_type == "other_organisation" and _WORLDWIDE.match(name):
        return "international_organisation"
    return head_type


def body_country(article: Article, finding: Finding) -> str | None:
    """The country named in a body's name, as its owner or adjective directly before, or as the seat behind it."""
    text = article.text
    floor = article.sentences[finding.sentence].start
    before = text[max(floor, finding.start - 24) : finding.start]
    seat = _SEAT.match(text, finding.end)
    for stretch in (text[finding.start : finding.end], before, seat[1] if seat is not None else ""):
        country = country_in(stretch)
        if country is not None:
            return country
    return None


def country_in(stretch: str) -> str | None:
    """The country of the first known name in a stretch of text that has one."""
    index = name_index()
    for hit in index.hits(stretch):
        actor = index.actors.get(hit.readings[0].actor_id)
        if actor is not None and actor.country is not None:
            return actor.country
    return None


def standing(text: str, finding: Finding, article: Article) -> Standing:
    """The office and nationality of a person: from the title before the name, or from what explains the name."""
    if finding.title:
        role = _SPACES.sub(" ", finding.title)
        return Standing(None if role in vocabulary().courtesies else role, country_in(role))
    sentence = article.sentences[finding.sentence]
    nouns = vocabulary().person_nouns
    if any(word in nouns for word in words_before(text, finding.start, sentence.start, 2)):
        before = _LOWER_TITLE.search(text[max(sentence.start, finding.start - 80) : finding.start])
        if before is not None and before["noun"] in nouns:
            return Standing(_SPACES.sub(" ", before["role"]).strip(), country_in(before["owner"]))
    found = _APPOSITION.match(text, finding.end, sentence.end)
    if found is None:
        return Standing(None, None)
    role = _SPACES.sub(" ", found[1]).strip()
    noun = any(word in nouns for word in role.split()[:6])
    return Standing(role, country_in(role)) if noun else Standing(None, None)
