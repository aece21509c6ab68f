"""Small articles with the actors that the cases name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from communique.articles.build import build_article
from communique.extraction.model import Actor, Annotations, Mention

_COUNTRIES = {
    "NOR": ("Norway", "Norwegian", "Oslo"),
    "CHL": ("Chile", "Chilean"),
    "PER": ("Peru", "Peruvian", "Lima"),
    "KEN": ("Kenya", "Kenyan"),
    "SDN": ("Sudan",),
    "EGY": ("Egypt",),
    "IRN": ("Iran",),
    "CAN": ("Canada", "Canadian"),
}
_OTHERS = {
    "international_organisation:european-union": ("the EU", "EU"),
    "international_organisation:european-commission": ("European Commission",),
    "international_organisation:nato": ("NATO",),
    "international_organisation:g7": ("G7",),
    "international_organisation:world-bank": ("World Bank",),
    "group:europe": ("Europe", "European"),
    "group:the-west": ("the West", "Western"),
    "person:astrid-holm": ("Astrid Holm", "Holm"),
    "person:juan-rojas": ("Juan Rojas", "Rojas"),
}
NAMES = {name: f"country:{code}" for code, names in _COUNTRIES.items() for name in names} | {
    name: actor_id for actor_id, names in _OTHERS.items() for name in names
}
_FORMS = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in sorted(NAMES, key=len, reverse=True)))
_DEMONYMS = ("Norwegian", "Chilean", "Peruvian", "Kenyan", "Canadian", "European", "Western")


def _actor(actor_id: str) -> Actor:
    kind, _, slug = actor_id.partition(":")
    country = {"person:astrid-holm": "NOR", "person:juan-rojas": "CHL"}.get(
        actor_id, slug if kind == "country" else None
    )
    role = {"person:astrid-holm": "Foreign Minister of Norway", "person:juan-rojas": "Foreign Minister of Chile"}.get(
        actor_id
    )
    return Actor(actor_id, slug.replace("-", " ").title(), kind, country, role, ())


def _mention(found: re.Match[str]) -> Mention:
    kind = "demonym" if found[0] in _DEMONYMS else "name"
    start = found.end() - len(found[0].removeprefix("the "))
    return Mention(start, found.end(), NAMES[found[0]], kind, "test")


@pytest.fixture
def annotated() -> Callable[[str], Annotations]:
    """Annotations of an article with the names of this file as mentions."""

    def annotate(text: str) -> Annotations:
        article = build_article(text)
        mentions = tuple(_mention(found) for found in _FORMS.finditer(text))
        actors = {actor_id: _actor(actor_id) for actor_id in NAMES.values()}
        return Annotations(article=article, amounts=(), percents=(), timexes=(), mentions=mentions, actors=actors)

    return annotate
