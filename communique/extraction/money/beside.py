"""Currencies read beside a figure: symbols and codes before it, words with a nationality after it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from communique.extraction.money.currencies import (
    Currency,
    codes_by_sign,
    codes_by_word,
    country_of_adjective,
    currencies_of_country,
    lexicon_rows,
    money_words,
    plain,
    split_cell,
)
from communique.extraction.numbers import GAP
from communique.extraction.wording import alternatives, load_toml

_FIGURE_NEAR: Final = re.compile(r"[\s\u00a0-]{0,2}\d")
_KILOGRAMMES: Final = re.compile(r"\s\(\d[\d,.]*\s?k(?:g|ilo)")
_TWO_WORDS: Final = re.compile(rf"{GAP}(\w+)(?:{GAP}(\w+))?")
_SIGN: Final = r"$£¥¢฿৳֏؋៛\u20a0-\u20cf\ufdfc\uffe0-\uffe6元円"
_TOKEN: Final = re.compile(
    rf"{GAP}?((?:[A-Z]-(?=[A-Za-z]))?[A-Za-zÀ-ž][\w.'’]*[{_SIGN}]?|[$£](?:US|NZ|HK|CAN|[A-Z])(?![\w$])|[{_SIGN}])"
)
_INITIALS: Final = re.compile(r"(?:[A-Za-z]\.)+")
_LETTER_SCALE: Final = re.compile(r"[ \u00a0]?(?:k|mm|mill?|m|crs?|bil|b|t)(?![A-Za-z$£¥])", re.I)


@cache
def _sign_ends() -> frozenset[str]:
    """The last characters of signs, prefixes and codes."""
    return frozenset(sign[-1] for sign in codes_by_sign())


def sign_before(text: str, start: int, *, weighty: bool) -> Currency | None:
    """The symbol, prefix or code that ends where the figure at `start` begins.

    `weighty` is true where the figure has a magnitude or is grouped: prefixes that are also words count only then.
    """
    left = max(0, start - 9)
    window = text[left:start]
    body = window.rstrip(" \u00a0\u2009\u202f\n-") if window[-1:] in " \u00a0\u2009\u202f\n-" else window
    if not body or len(window) - len(body) > 2 or body[-1] not in _sign_ends():
        return None
    signs, wordlike = codes_by_sign(), money_words()["wordlike"]
    for length in range(min(7, len(body)), 0, -1):
        raw = body[-length:]
        if raw[0] in " \u00a0\n" or (codes := signs.get(raw.replace("\u00a0", " "))) is None:
            continue
        before = body[-length - 1 : -length] or text[left - 1 : left]
        if raw[0].isalpha() and before[-1:].isalnum():
            continue
        if (raw in wordlike["codes"] or raw in wordlike["prefixes"]) and not weighty:
            continue
        if raw == "$" and (
            parted := _parted(text, left + len(body) - 1, start) or _national(text, left + len(body) - 1, start)
        ):
            return parted
        at = left + len(body) - length
        return Currency(at, start, codes, decided=len(codes) == 1 and raw != "$", word=raw)
    return None


def _parted(text: str, sign: int, start: int) -> Currency | None:
    """The dollar whose letters a blank parts from the sign; in lower case where blanks part all signs ("hk $ 5")."""
    found = _parted_letters().search(text, max(0, sign - 6), sign)
    if found is None or (found.group(1)[0].islower() and start - sign < 2):
        return None
    codes = codes_by_sign()[found.group(1).upper().replace(".", "") + "$"]
    return Currency(found.start(1), start, codes, decided=True, word="$")


@cache
def _dollar_nations() -> dict[str, str]:
    """The nationalities whose currency is a dollar, as words before or behind a dollar sign, to its code."""
    owned = currencies_of_country()
    return {
        word: code
        for row in lexicon_rows("countries.csv")
        for code in [next((c for c in owned.get(row["alpha3"], ()) if c.endswith("D") and c in _dollars()), None)]
        if code is not None
        for word in split_cell(row["demonyms"])
        if word[0].isupper() and not word.endswith("s")
    }


@cache
def _dollars() -> frozenset[str]:
    return frozenset(codes_by_word()["dollars"])


@cache
def _nations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = alternatives(list(_dollar_nations()))
    return (
        re.compile(rf"(?<![\w-])({words})[ \u00a0]?\$"),
        re.compile(rf"[ \u00a0]({words}|US|U\.S\.)(?=$|[.,;:!?)\n]|[ ](?:a|per|each|for|in|and|or|to|on|by|from)\b)"),
    )


def _national(text: str, sign: int, start: int) -> Currency | None:
    """The dollar of a nationality in front of its sign: "Canadian $5"."""
    left = max(0, sign - 20)
    found = next((m for m in _nations()[0].finditer(text, left, sign + 1) if m.end() == sign + 1), None)
    if found is None:
        return None
    return Currency(found.start(), start, (_dollar_nations()[found.group(1)],), decided=True, word="$")


def nation_behind(text: str, at: int, end: int) -> Currency | None:
    """The dollar of a nationality behind a figure with a bare sign: "$5 Canadian", "$5 million US"."""
    found = _nations()[1].match(text, at, end)
    if found is None:
        return None
    code = "USD" if found.group(1) in ("US", "U.S.") else _dollar_nations()[found.group(1)]
    return Currency(at, found.end(), (code,), decided=True, word="$")


@cache
def _parted_letters() -> re.Pattern[str]:
    letters = "|".join(re.escape(word) for word in sorted(money_words()["parted"]["dollar"], key=len, reverse=True))
    return re.compile(rf"(?<![\w.$])({letters})[ \u00a0]$", re.I)


def letter_scale_after(text: str, at: int) -> tuple[int, int]:
    """The factor of a single-letter magnitude at `at` ("$5m", "3 k"), and its end; `(1, at)` where there is none."""
    if found := _LETTER_SCALE.match(text, at):
        letters = found.group().strip(" \u00a0").lower()
        return int(_scales()[letters]), found.end()
    return 1, at


@cache
def _scales() -> dict[str, float]:
    scales: dict[str, float] = load_toml("magnitudes.toml")["currency_scales"]
    return scales


def currency_after(text: str, at: int, end: int, *, weighty: bool) -> Currency | None:
    """The currency words that follow a number ending at `at`: `euros`, `Norwegian crowns`, `US dollars`, `EUR`, `€`."""
    tokens = _tokens(text, at, end)
    words = codes_by_word()
    for skipped in range(min(4, len(tokens))):
        country = _country([t[0] for t in tokens[:skipped]]) if skipped else None
        if skipped and country is None:
            continue
        for length in (4, 3, 2, 1):
            phrase = tokens[skipped : skipped + length]
            if len(phrase) < length:
                continue
            name = (
                " ".join(plain(t[0]) for t in phrase).rstrip("'s")
                if length == 1
                else " ".join(plain(t[0]) for t in phrase)
            )
            raw = plain(phrase[0][0]) if length == 1 else name
            codes = words.get(raw) or (words.get(name) if length == 1 else None)
            if codes is None and length == 1 and not skipped:
                codes = _sign_alone(phrase[0][0], weighty=weighty)
            if codes is None or (length == 1 and not _is_money(text, raw, phrase[0], country, weighty=weighty)):
                continue
            if length == 1 and not phrase[0][0].islower() and _opens_figure(text, phrase[0][2]):
                continue
            own = tuple(c for c in codes if c in currencies_of_country().get(country, ())) if country else ()
            if country and not own and len(codes) > 1:
                own = currencies_of_country().get(country, ())[:1]
            return Currency(at, phrase[-1][2], own or codes, decided=bool(own) or len(codes) == 1, word=raw)
    return None


@cache
def _openers() -> frozenset[str]:
    """The first words of currencies and of the countries whose currencies have a nationality before them."""
    return frozenset(name.split(" ")[0] for name in (*codes_by_word(), *country_of_adjective()))


def _opens(token: str) -> bool:
    """Whether a currency may begin with the token."""
    word = plain(token)
    return word in _openers() or word.rstrip("'s") in _openers() or token in codes_by_sign()


def _tokens(text: str, at: int, end: int) -> list[tuple[str, int, int]]:
    """Up to six words and signs from a place on, none where no currency begins with the first."""
    found: list[tuple[str, int, int]] = []
    while len(found) < 6 and (match := _TOKEN.match(text, at, end)):
        word = match.group(1)
        stripped = word.rstrip(".'’") if not _INITIALS.fullmatch(word) else word
        if not found and not _opens(stripped):
            break
        found.append((stripped, match.start(1), match.start(1) + len(stripped)))
        at = match.end()
        if stripped != word:
            break
    return found


def _opens_figure(text: str, at: int) -> bool:
    """Whether a sign or code belongs to a figure after it ("in 2022 $5 million")."""
    return _FIGURE_NEAR.match(text, at, at + 3) is not None


def _country(tokens: list[str]) -> str | None:
    return country_of_adjective().get(" ".join(plain(t) for t in tokens))


def _sign_alone(token: str, *, weighty: bool) -> tuple[str, ...] | None:
    wordlike = money_words()["wordlike"]
    if token in wordlike["prefixes"] or (token in wordlike["codes"] and not weighty):
        return None
    codes = codes_by_sign().get(token)
    return codes if codes and (len(token) > 1 or not token.isalpha() or not token.isascii()) else None


def _is_money(text: str, word: str, token: tuple[str, int, int], country: str | None, *, weighty: bool) -> bool:
    """Whether a currency word is one here: not the verb `won`, a weight in pounds, a mark reached."""
    guarded = money_words()["guarded"]
    if country is not None:
        return True
    if word in ("pounds", "pound") and _KILOGRAMMES.match(text, token[2], token[2] + 24):
        return False
    following = _TWO_WORDS.match(text, token[2], token[2] + 60)
    first, second = (plain(w or "") for w in following.groups()) if following else ("", "")
    if word == "won":
        return first not in guarded["verb_won_next"]
    if word in ("pounds", "pound"):
        if first in guarded["weighed"] or (first == "of" and second not in guarded["money_nouns"]):
            return False
        return word == "pounds" or weighty or first in guarded["money_of_one"]
    if word in guarded["adjective_only"]:
        return False
    return weighty or word not in guarded["singular"] or word.endswith("s")
