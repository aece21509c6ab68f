"""Which blocks of a text are furniture: what the publisher put around the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from communique.articles.habits import Rule, rules
from communique.articles.language import english_share, is_english, reads_english
from communique.articles.sheet import Line, Sheet, key_of, opening_of

_LONGEST: Final = 1500
_MOST_WORDS: Final = 1000
_LATE: Final = 0.4
_GLANCE: Final = 400
_SHORTEST: Final = 12
_FEW_ENGLISH: Final = 0.1
_FOREIGN_WORDS: Final = 6
_OTHER_SCRIPT: Final = re.compile("[\u0370-\u1dff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff]")
_LINK_WORDS: Final = 16
_REPEATED_WORDS: Final = 4
_ADVERT_LINES: Final = 6
_CLOSING_RULES: Final = ("credit", "credit_agency", "reporting_credit", "appeal")


@lru_cache(maxsize=1 << 14)
def _rules_for(words: int, hints: frozenset[str], head: bool, tail: bool, body: bool) -> tuple[Rule, ...]:
    """The rules to try on a line of that many words that holds what the rules named in `hints` need."""
    zones = {
        "any",
        *(("head", "edge") if head else ()),
        *(("tail", "edge") if tail else ()),
        *(("body",) if body else ()),
    }
    zoned = (rule for rule in rules().values() if rule.where in zones and words <= rule.words)
    return tuple(rule for rule in zoned if not rule.needs or rule.name in hints)


def matching_rule(
    line: Line, hints: frozenset[str], *, head: bool = False, tail: bool = False, body: bool = True
) -> Rule | None:
    """The first rule that takes the line for furniture in its zone.

    `hints` names the rules whose needs the line holds.
    """
    if not line.text or len(line.text) > _LONGEST:
        return None
    candidates = _rules_for(min(line.words, _MOST_WORDS), hints, head, tail, body)
    return next((rule for rule in candidates if rule.matches(line.text)), None) if candidates else None


@lru_cache(maxsize=1 << 10)
def _closing_for(words: int, hints: frozenset[str]) -> tuple[Rule, ...]:
    """The rules to try on a sentence with which a block closes, none where they hold no rule for credits or appeals."""
    candidates = _rules_for(words, hints, False, False, True)
    return candidates if any(rule.name in _CLOSING_RULES for rule in candidates) else ()


def closes(line: Line, hints: frozenset[str]) -> bool:
    """Whether the last sentence of a block is a credit or an appeal; `hints` as for `matching_rule`."""
    if not line.text or len(line.text) > _LONGEST:
        return False
    candidates = _closing_for(min(line.words, _MOST_WORDS), hints)
    rule = next((rule for rule in candidates if rule.matches(line.text)), None)
    return rule is not None and rule.name in _CLOSING_RULES


def judge(sheet: Sheet, kept: Collection[int]) -> dict[int, str]:
    """The blocks that the rules take for furniture, with the rule's name; `kept` ones are left out."""
    dropped: dict[int, str] = {}
    section: int | None = None
    for number, line in enumerate(sheet.lines):
        if number in kept:
            section = None
            continue
        rule = matching_rule(
            line,
            sheet.hints.get(number, frozenset()),
            head=number <= sheet.head,
            tail=number >= sheet.tail,
            body=number > sheet.first_prose,
        )
        if rule and rule.effect == "end" and sheet.blocks[number].start >= sheet.blocks[-1].end * _LATE:
            return dropped | dict.fromkeys((n for n in range(number, len(sheet)) if n not in kept), rule.name)
        if rule:
            dropped[number] = rule.name
            section = number if rule.effect == "section" and number > sheet.first_prose else None
        elif section is not None and _is_link(sheet, section, number):
            dropped[number] = dropped[section]
        else:
            section = None
    return dropped | _adverts(sheet, dropped, kept)


def _is_link(sheet: Sheet, section: int, number: int) -> bool:
    """Whether the block is one of the links that stand under a heading such as "Related stories"."""
    line = sheet.lines[number]
    near = sheet.blocks[max(section - 1, 0) : section + _ADVERT_LINES + 2]
    group = sheet.blocks[section].group
    boxed = sheet.blocks[number].group == group and sum(block.group == group for block in near) <= _ADVERT_LINES
    return not line.prose if boxed else line.words <= _LINK_WORDS and (not line.ended or line.text.endswith("?"))


def _adverts(sheet: Sheet, dropped: Mapping[int, str], kept: Collection[int]) -> dict[int, str]:
    """The short lines that stand together with an appeal: an advert's text is several lines without a blank one."""
    found: dict[int, str] = {}
    for number, name in dropped.items():
        if name not in ("appeal", "appeal_edge", "contact") or number < sheet.tail:
            continue
        group = sheet.blocks[number].group
        near = range(max(number - _ADVERT_LINES, 0), min(number + _ADVERT_LINES + 1, len(sheet)))
        together = [other for other in near if sheet.blocks[other].group == group]
        if len(together) <= _ADVERT_LINES and all(sheet.lines[other].words <= _LINK_WORDS for other in together):
            found |= {other: name for other in together if other not in dropped and other not in kept}
    return found


_CITES: Final = re.compile(
    r"\b(?:ibid|op\. ?cit|supra note|accessed|retrieved|date of acces\w*|last visited|https?:|www\.|doi|et al)\b"
    r"|\bpp?\. ?\d|\bvol\. ?\d|\bno\. ?\d+ \(\d{4}\)|[“\"][^”\"]{10,200},?[”\"],? (?-i:[A-Z])",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"(?:\[(?P<bracket>\d{1,3}|[ivx]{1,5}|\*)\]|(?P<raised>[¹²³⁰-⁹]{1,3})|\^)\s*\S")
_FIGURE: Final = re.compile(r"\(?(\d{1,3})[.)]\s*")


def notes(sheet: Sheet, dropped: Collection[int]) -> dict[int, str]:
    """Footnotes and endnotes: blocks that open with a mark which the text above carries, or numbered citations."""
    found: dict[int, str] = {}
    numbered: list[int] = []
    for number in range(sheet.first_prose + 1, len(sheet)):
        if number in dropped:
            continue
        block, line = sheet.blocks[number], sheet.lines[number]
        note = _NOTE.match(line.text) if not block.marker else None
        mark = (f"[{note['bracket']}]" if note["bracket"] else note["raised"]) if note else None
        if mark and 0 <= sheet.text.find(mark) < block.start:
            found[number] = "footnote"
        elif _FIGURE.fullmatch(block.marker):
            numbered.append(number)
    last = [number for number in numbered if number >= sheet.tail]
    if last and sum(bool(_CITES.search(sheet.lines[number].text)) for number in last) * 2 > len(last):
        found |= dict.fromkeys(last, "footnote")
    return found


def foreign(sheet: Sheet, dropped: Collection[int]) -> dict[int, str]:
    """Blocks in another language than English: in another script, or running text with hardly an English word."""
    scripts = not sheet.text.isascii() and _OTHER_SCRIPT.search(sheet.text) is not None
    return {
        number: "foreign"
        for number, line in enumerate(sheet.lines)
        if number not in dropped and len(line.text) >= _SHORTEST and _is_foreign(line.text[:_GLANCE], scripts)
    }


def _is_foreign(text: str, scripts: bool) -> bool:
    """Whether the first words of a block are of another language; `scripts` says that the article has other scripts."""
    if scripts and len(_OTHER_SCRIPT.findall(text)) * 3 > len(text):
        return True
    if reads_english(text, 2 * _FEW_ENGLISH):
        return False
    share, words = english_share(text)
    if share >= _FEW_ENGLISH or words < _FOREIGN_WORDS:
        return False
    plain = " ".join(word for word in text.split() if word[:1].islower())
    share, words = english_share(plain)
    return share < _FEW_ENGLISH and words >= _FOREIGN_WORDS and not is_english(plain)


def repeats(sheet: Sheet, dropped: Collection[int], kept: Collection[int]) -> dict[int, str]:
    """Blocks that repeat an earlier one word for word; list items may recur, for they stand under another heading."""
    openings = {
        number: opening_of(line.text)
        for number, (block, line) in enumerate(zip(sheet.blocks, sheet.lines, strict=True))
        if number not in dropped
        and number not in kept
        and block.marker_kind != "item"
        and line.words >= _REPEATED_WORDS
    }
    counts = Counter(openings.values())
    found: dict[int, str] = {}
    seen: set[str] = set()
    for number in (number for number, opening in openings.items() if counts[opening] > 1):
        key = key_of(sheet.lines[number].text)
        if key in seen:
            found[number] = "repeated"
        seen.add(key)
    return found
