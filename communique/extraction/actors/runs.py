"""Runs of capitalised words, cut into units: single words, or forms of the lexicons that span several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from communique.extraction.actors.names import Hit
from communique.extraction.actors.vocabulary import Word, flags_of, vocabulary

_CONTRACTION: Final = re.compile(r".*['’](?:t|re|ve|ll|d|m)")
_HYPHENS: Final = "-‑"
_PIECE: Final = re.compile(r"[^-‑]+")
_ABBREVIATIONS: Final = (
    "Col|Gen|Lt|Maj|Capt|Cmdr|Adm|Sgt|Brig|Sen|Sens|Rep|Reps|Gov|Dr|Mr|Mrs|Ms|Messrs|Prof|Rev|Hon|St|Ste|Mt|Ft|Jr|Sr"
    "|Corp|Inc|Ltd|Co|Bros|Dept|Univ|Assn"
)


class Unit:
    """A word or lexicon form of a run.

    `end` is without a possessive ending or a suffix as in "Oslo-based"; `possessive` says that there is one, so that
    no name goes on behind the unit.
    """

    __slots__ = ("end", "flags", "hit", "lower", "possessive", "start", "text")

    def __init__(
        self, start: int, end: int, text: str, flags: int, hit: Hit | None, lower: bool, possessive: bool
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.flags = flags
        self.hit = hit
        self.lower = lower
        self.possessive = possessive


def _upper_class() -> str:
    """A character class body of the upper-case letters of the alphabets that English texts quote names in."""
    letters = [c for c in range(0x41, 0x2000) if chr(c).isupper()]
    ranges: list[list[int]] = []
    for code in letters:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


class _Patterns(NamedTuple):
    """The patterns of a run, of one that may begin with a small letter ("al-Shabaab"), and of a token inside it."""

    run: re.Pattern[str]
    small: re.Pattern[str]
    token: re.Pattern[str]
    prefix: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    capitals = _upper_class()
    upper = f"[{capitals}]"
    words = vocabulary()
    particles = sorted(words.name_particles | words.body_particles, key=lambda w: (-len(w), w))
    link = "|".join(re.escape(particle) for particle in particles)
    abbreviations = "|".join(f"(?<={word[0]}){word[1:]}" for word in _ABBREVIATIONS.split("|"))
    # Alternatives open with the sign they need, or look for the full stop, so that most fail at one look.
    onward = (
        rf"(?:\.(?<={upper}\.)(?:{upper}\.){{1,7}}(?:{upper}(?!\w))?"
        rf"|(?=[a-z]{{1,5}}\.)(?:{abbreviations})\.(?=[\s,;:)’']|$)"
        rf"|\.(?<={upper}\.)(?=[ \t\n\xa0]{{1,3}}{upper})"
        rf"|(?:['’](?<=[dlDLO]['’]){upper}|(?:(?<=[Aa])(?:l|sh?|n|r|d|t)|(?<=[EeUu])l)[-‑]{upper}|(?<={upper}))\w*"
        rf"(?:[-‑&](?=\w)\w+|['’](?!s\b)(?=\w)\w+)*)"
    )
    core = f"[{capitals}dlaeu]{onward}"
    possessive = r"['’](?:s\b|(?<=s['’])(?=\s))"
    gap = r"[ \t\n\r\xa0\u2009\u202f]{1,40}"
    after = rf"(?<![\w'’].){onward}(?:{possessive})?(?:{gap}(?:(?:{link}){gap}){{0,3}}{core}(?:{possessive})?){{0,30}}"
    # The first letter is a class of its own, for so the scan passes quickly over all others.
    return _Patterns(
        run=re.compile(upper + after),
        small=re.compile(f"[{capitals}dlaeu]{after}"),
        token=re.compile(rf"(?P<core>{core})(?P<own>{possessive})?|(?P<link>{link})(?=\s)"),
        prefix=re.compile(rf"['’‑-](?<=[dlshnrt].){upper}"),
    )


def run_pattern(text: str) -> re.Pattern[str]:
    """The pattern of the runs of capitalised words in a text."""
    patterns = _patterns()
    return patterns.small if patterns.prefix.search(text) else patterns.run


def _compound(text: str, start: int, end: int, hits: Mapping[int, Hit], own: bool) -> Iterator[Unit]:
    """The units of a hyphenated word that starts with a known form: "Ukraine-Poland", "Dutch-led"."""
    at = start
    while at < end:
        hit = hits.get(at)
        if hit is not None:
            apart = own if hit.end >= end else text[hit.end + 1 : hit.end + 2].islower()
            yield Unit(at, hit.end, text[at : hit.end], flags_of(text[at : hit.end]), hit, False, apart)
            at = hit.end
        else:
            found = _PIECE.match(text, at, end)
            stop = found.end() if found is not None else end
            if text[at].isupper():
                yield Unit(at, stop, text[at:stop], flags_of(text[at:stop]), None, False, own and stop >= end)
            at = stop
        at += 1


def _follows_hyphen(text: str, start: int) -> bool:
    """Whether a prefix in small letters stands before the word: "anti-Soviet"."""
    return start > 1 and text[start - 1] in _HYPHENS and text[start - 2].islower()


class _Token:
    """A token at `[start, end)` of a run: whether a possessive ending follows, the length of a suffix ("-based")."""

    __slots__ = ("end", "flags", "lower", "own", "start", "suffix", "text")

    def __init__(self, start: int, end: int, text: str, flags: int, own: bool, lower: bool, suffix: int) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.flags = flags
        self.own = own
        self.lower = lower
        self.suffix = suffix


@lru_cache(maxsize=1 << 15)
def _tokens(run: str) -> tuple[_Token, ...]:
    """The tokens of a run; cached, since articles repeat their names."""
    return tuple(_token(found) for found in _patterns().token.finditer(run))


def _token(found: re.Match[str]) -> _Token:
    text = found["core"]
    if text is None:
        return _Token(*found.span(), found["link"], Word.NONE, False, True, 0)
    cut = text.rfind("-")
    suffix = len(text) - cut if cut > 0 and text[cut + 1 :] in vocabulary().suffixes else 0
    flags = Word.BREAK if _CONTRACTION.fullmatch(text) else flags_of(text)
    return _Token(*found.span("core"), text, flags, found["own"] is not None, False, suffix)


def units(text: str, start: int, end: int, hits: Mapping[int, Hit]) -> list[Unit]:
    """The units of one run; `hits` maps starts to lexicon forms."""
    out: list[Unit] = []
    reach = start
    for found in _tokens(text[start:end]):
        begin, stop, token, flags, own = start + found.start, start + found.end, found.text, found.flags, found.own
        if begin < reach:
            if own and out and out[-1].hit is not None and stop == out[-1].end:
                out[-1].possessive = True
            continue
        if found.lower:
            out.append(Unit(begin, stop, token, flags, None, True, False))
            continue
        reach = stop
        hit = hits.get(begin)
        if hit is not None and hit.end >= stop:
            form = text[begin : hit.end]
            out.append(Unit(begin, hit.end, form, flags_of(form), hit, False, own and hit.end == stop))
            reach = hit.end
        elif hit is not None and text[hit.end] in _HYPHENS:
            out.extend(_compound(text, begin, stop, hits, own))
            reach = max(stop, out[-1].end)
        elif found.suffix:
            stem = token[: -found.suffix]
            out.append(Unit(begin, stop - found.suffix, stem, flags_of(stem), None, False, True))
        else:
            out.append(
                Unit(begin, stop, token, flags, None, False, own or (not found.start and _follows_hyphen(text, begin)))
            )
    return out
