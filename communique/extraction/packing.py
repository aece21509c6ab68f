"""What was found in a file as bytes: compressed JSON, which is read quickly and cannot run code, unlike a pickle."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

from communique.articles.model import Article, Rejection, Sentence, SentenceKind
from communique.extraction.model import Actor
from communique.extraction.rows import (
    ActorMention,
    AidCommitment,
    ArticleExtraction,
    ArticleRows,
    CueSentence,
    DateExpression,
    Recommendation,
    Tariff,
)

Value = TypeVar("Value")

Found = ArticleExtraction | Rejection
"""What comes of a file."""

_LEVEL = 1
"""Of compression: higher ones take several times as long for a tenth of the size."""


class DamagedError(ValueError):
    """The bytes are not what was packed."""


@dataclass(frozen=True, slots=True)
class _Packer(Generic[Value]):
    """Values of one dataclass as lists of their fields, and back.

    Fields are set one by one past the frozen class, in half the time that its own `__init__` takes.
    """

    kind: type[Value]
    names: tuple[str, ...]
    setters: tuple[Callable[[Value, Any], None], ...]
    tuples: tuple[int, ...]
    """The places of the fields that hold tuples, which JSON does not know."""

    @classmethod
    def of(cls, kind: type[Value]) -> _Packer[Value]:
        found = fields(kind)  # type: ignore[arg-type]
        tuples = (at for at, field in enumerate(found) if str(field.type).startswith("tuple["))
        names = tuple(field.name for field in found)
        return cls(kind, names, tuple(getattr(kind, name).__set__ for name in names), tuple(tuples))

    def packed(self, values: Iterable[Value]) -> list[Any]:
        return list(map(attrgetter(*self.names), values))

    def unpacked(self, content: Iterable[list[Any]]) -> tuple[Value, ...]:
        return tuple(map(self._value, content))

    def _value(self, content: list[Any]) -> Value:
        for at in self.tuples:
            content[at] = tuple(content[at])
        made = object.__new__(self.kind)
        for put, value in zip(self.setters, content, strict=True):
            put(made, value)
        return made


_ARTICLE = _Packer.of(Article)
_SENTENCES = _ARTICLE.names.index("sentences")
_SENTENCE = _Packer.of(Sentence)
_KIND = _SENTENCE.names.index("kind")
_KINDS = {kind.value: kind for kind in SentenceKind}
_ACTOR, _CUE, _REJECTION = _Packer.of(Actor), _Packer.of(CueSentence), _Packer.of(Rejection)
_TABLES: dict[str, _Packer[Any]] = {
    "aid_commitments": _Packer.of(AidCommitment),
    "tariffs": _Packer.of(Tariff),
    "dates": _Packer.of(DateExpression),
    "actor_mentions": _Packer.of(ActorMention),
    "recommendations": _Packer.of(Recommendation),
}


def pack(found: Found) -> bytes:
    """What was found in a file, as bytes that depend on nothing else."""
    content = _rejection(found) if isinstance(found, Rejection) else _extraction(found)
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode("ascii"), _LEVEL)


def unpack(data: bytes) -> Found:
    """What was packed.

    Raises:
        DamagedError: the bytes are cut off, changed or of another kind.
    """
    try:
        content = json.loads(zlib.decompress(data))
        if "rejection" in content:
            return _REJECTION.unpacked([content["rejection"]])[0]
        return _read(content)
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise DamagedError(f"{type(error).__name__}: {error}") from error


def _rejection(found: Rejection) -> dict[str, Any]:
    return {"rejection": _REJECTION.packed([found])[0]}


def _extraction(found: ArticleExtraction) -> dict[str, Any]:
    article = list(_ARTICLE.packed([found.article])[0])
    article[_SENTENCES] = _SENTENCE.packed(found.article.sentences)
    rows = {name: packer.packed(getattr(found.rows, name)) for name, packer in _TABLES.items()}
    actors, cues = _ACTOR.packed(found.actors.values()), _CUE.packed(found.cues)
    return {"article": article, "actors": actors, "rows": rows, "cues": cues}


def _read(content: dict[str, Any]) -> ArticleExtraction:
    article, rows = content["article"], content["rows"]
    for sentence in article[_SENTENCES]:
        sentence[_KIND] = _KINDS[sentence[_KIND]]
    article[_SENTENCES] = _SENTENCE.unpacked(article[_SENTENCES])
    return ArticleExtraction(
        article=_ARTICLE.unpacked([article])[0],
        actors={actor.actor_id: actor for actor in _ACTOR.unpacked(content["actors"])},
        rows=ArticleRows(**{name: packer.unpacked(rows[name]) for name, packer in _TABLES.items()}),
        cues=_CUE.unpacked(content["cues"]),
    )
