"""The closed vocabularies of the tables, in the terms of the field, each value with its meaning."""

from __future__ import annotations

from enum import StrEnum


class Vocabulary(StrEnum):
    """A closed list of values; `meaning` says in one line when a value applies."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Vocabulary:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class PublishedFrom(Vocabulary):
    METADATA = "metadata", "the catalogue or the page's own metadata"
    TEXT = "text", "a publication line in the text"


class AmountQualifier(Vocabulary):
    EXACT = "exact", "the figure as it stands"
    ABOUT = "about", "about, around, nearly, some"
    MORE_THAN = "more_than", "more than, over, exceeding"
    AT_LEAST = "at_least", "at least, no less than"
    LESS_THAN = "less_than", "less than, under"
    AT_MOST = "at_most", "at most, up to"
    RANGE = "range", "between two figures; the upper one stands in amount_upper"


class AidCategory(Vocabulary):
    """Kinds of aid after the Kiel Institute's Ukraine Support Tracker."""

    FINANCIAL = "financial", "money for a budget: loans, grants, guarantees, swap lines"
    HUMANITARIAN = "humanitarian", "help and equipment for civilians: food, medicine, shelter"
    MILITARY = "military", "arms and equipment for armed forces, non-lethal ones too, and their training"
    RECONSTRUCTION = "reconstruction", "rebuilding and repair of what was destroyed"
    MIXED = "mixed", "two kinds named in one clause"
    UNSPECIFIED = "unspecified", "the text says only aid, assistance or support"


class AidStatus(Vocabulary):
    PLEDGED = "pledged", "promised, announced or still to come"
    COMMITTED = "committed", "allocated, signed or approved"
    PROVIDED = "provided", "given, delivered or disbursed; also aid resumed"
    SUSPENDED = "suspended", "frozen, halted or blocked for now"
    ENDED = "ended", "stopped for good"


class TariffStatus(Vocabulary):
    THREATENED = "threatened", "held out as a possibility or warning"
    ANNOUNCED = "announced", "declared and not yet in force"
    IMPOSED = "imposed", "in force, or put in force"
    SUSPENDED = "suspended", "paused or postponed"
    REMOVED = "removed", "lifted or cut to nothing"
    EXEMPTED = "exempted", "the target is left out of the measure"
    NEGOTIATED = "negotiated", "agreed between the parties"


class TimexType(Vocabulary):
    """TIMEX3 types."""

    DATE = "DATE", "a day, week, month, season, year or longer calendar period"
    TIME = "TIME", "a time of day"
    DURATION = "DURATION", "a length of time"
    SET = "SET", "a recurring time"


class ResolvedBy(Vocabulary):
    EXPLICIT = "explicit", "complete in itself, or a counted duration"
    PUBLICATION = "publication", "counted from the date of the article"
    CONTEXT = "context", "counted from a neighbouring date"


class ActorType(Vocabulary):
    PERSON = "person", "a human being"
    COUNTRY = "country", "a country or territory"
    GOVERNMENT_BODY = "government_body", "a ministry, parliament, agency or office of a state"
    INTERNATIONAL_ORGANISATION = "international_organisation", "an organisation or bloc of states"
    ARMED_FORCE = "armed_force", "an army or a unit of one"
    COMPANY = "company", "a business"
    MEDIA = "media", "a newspaper, broadcaster or news agency"
    RESEARCH_ORGANISATION = "research_organisation", "a think tank, institute or university"
    POLITICAL_PARTY = "political_party", "a party"
    GROUP = "group", "a group of states or people without an institution, as the West"
    OTHER_ORGANISATION = "other_organisation", "any other organisation, as an NGO"


class MentionKind(Vocabulary):
    NAME = "name", "the full name"
    SHORT_NAME = "short_name", "a part of the name, as a surname"
    ACRONYM = "acronym", "initials that stand for the name"
    CAPITAL = "capital", "a capital that stands for the government"
    DEMONYM = "demonym", "the adjective or noun of nationality"
    OFFICE = "office", "a seat that stands for the government, as the White House"


class Modality(Vocabulary):
    MUST = "must", "must, has to"
    SHOULD = "should", "should, ought to"
    NEED = "need", "needs to, the need to, requires"
    CONSIDER = "consider", "may, might, could or can as an option"
    URGE = "urge", "urges, calls for, calls on, encourages, asks"
    ADVISE = "advise", "it is wise or important to; a bare imperative or item of a list"


class Strength(Vocabulary):
    STRONG = "strong", "must, need, has to, necessary"
    MODERATE = "moderate", "should, ought, urge, important"
    WEAK = "weak", "may consider, could, would be wise; also a hedged stronger form"


class Topic(Vocabulary):
    DEFENCE = "defence", "armed forces, arms, deterrence, alliances"
    DIPLOMACY = "diplomacy", "talks, summits, relations between states"
    SANCTIONS = "sanctions", "sanctions, asset freezes, embargoes"
    TRADE = "trade", "trade, tariffs, export controls"
    AID = "aid", "giving or receiving aid"
    RECONSTRUCTION = "reconstruction", "rebuilding after war or disaster"
    ENERGY = "energy", "fuels, power, grids"
    CONSTITUTION = "constitution", "constitutions and their amendment"
    NUCLEAR = "nuclear", "nuclear weapons and non-proliferation"
    ECONOMY = "economy", "growth, budgets, industry, investment"
    OTHER = "other", "none of these"
