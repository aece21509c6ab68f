"""What the reference data holds: one record of each kind, and the error of a file that does not hold it."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.vocabularies import ActorType, MentionKind


class LexiconError(ValueError):
    """A file of reference data that does not hold what its record declares."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory under its ISO 3166 alpha-3 code (3166-3 for historical states, XKX for Kosovo).

    `abbreviations` are matched as written, in capitals; `capital_aliases` are spellings and other seats of government.
    """

    alpha3: str
    alpha2: str | None
    name: str
    official_name: str | None
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    capital: str | None
    capital_aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    status: str

    @property
    def actor_id(self) -> str:
        """The id under which the country is an actor."""
        return f"country:{self.alpha3}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body, party, company or group; `country` is its seat's, None for international ones."""

    actor_id: str
    name: str
    type: ActorType
    country: str | None
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    seat: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held from a year to a year, None where the year is not known or the office is still held."""

    office: str
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A public figure; `aliases` are spellings and the other name order, the best-known office is the last one."""

    actor_id: str
    name: str
    country: str | None
    offices: tuple[Tenure, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """A building, street or city whose name stands for a government or a body."""

    text: str
    actor_id: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class AmbiguousForm:
    """A form that several actors share or that is also a word of another kind.

    `how` is one of `CAUTIONS`; `preferred` is None where only the context decides.
    """

    text: str
    actor_ids: tuple[str, ...]
    preferred: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency under its ISO 4217 code; `symbols` stand at the figure, `words` name this currency alone."""

    code: str
    name: str
    plural: str
    symbols: tuple[str, ...]
    words: tuple[str, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class CurrencyWord:
    """A word or sign of several currencies; `default` is the one meant where nothing else tells, if there is one."""

    word: str
    codes: tuple[str, ...]
    default: str | None
