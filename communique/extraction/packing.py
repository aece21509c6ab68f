"""What was found in a file as bytes: compressed JSON, which is read quickly and cannot run code, unlike a pickle.

Rows and sentences are kept column by column, as the tables want them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from communique.articles.model import Article, Rejection, Sentence, SentenceKind
from communique.extraction.columns import Columns, Shape
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

_KINDS = {kind.value: kind for kind in SentenceKind}


@dataclass(frozen=True, slots=True)
class _Packer(Generic[Value]):
    """The columns of values of one dataclass, and back; `read` makes of its content what JSON does not know."""

    shape: Shape[Value]
    read: Mapping[str, Callable[[Any], Any]]

    @classmethod
    def of(cls, kind: type[Value], /, **read: Callable[[Any], Any]) -> _Packer[Value]:
        return cls(Shape.of(kind), read)

    def packed(self, values: Iterable[Value]) -> list[list[Any]]:
        return self.shape.columns(values)

    def unpacked(self, content: Sequence[list[Any]]) -> Columns[Value]:
        read = {self.shape.names.index(name): make for name, make in self.read.items()}
        made = [list(map(read[at], column)) if at in read else column for at, column in enumerate(content)]
        return Columns(self.shape, made)


_ARTICLE, _REJECTION = _Packer.of(Article, authors=tuple), _Packer.of(Rejection)
_SENTENCE, _CUE = _Packer.of(Sentence, kind=_KINDS.__getitem__), _Packer.of(CueSentence)
_ACTOR = _Packer.of(Actor, aliases=tuple)
_TABLES: dict[str, _Packer[Any]] = {
    "aid_commitments": _Packer.of(AidCommitment),
    "tariffs": _Packer.of(Tariff),
    "dates": _Packer.of(DateExpression),
    "actor_mentions": _Packer.of(ActorMention),
    "recommendations": _Packer.of(Recommendation, addressee_ids=tuple),
}


class DamagedError(ValueError):
    """The bytes are not what was packed."""


def pack(found: Found) -> bytes:
    """What was found in a file, as bytes that depend on nothing else."""
    content = _rejection(found) if isinstance(found, Rejection) else _extraction(found)
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode("ascii"), _LEVEL)


def unpack(data: bytes) -> Found:
    """What was packed, its rows and sentences as `Columns`.

    Raises:
        DamagedError: the bytes are cut off, changed or of another kind.
    """
    try:
        content = json.loads(zlib.decompress(data))
        if "rejection" in content:
            return _REJECTION.unpacked(content["rejection"])[0]
        return _read(content)
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise DamagedError(f"{type(error).__name__}: {error}") from error


def _rejection(found: Rejection) -> dict[str, Any]:
    return {"rejection": _REJECTION.packed([found])}


def _extraction(found: ArticleExtraction) -> dict[str, Any]:
    return {
        "article": _ARTICLE.packed([replace(found.article, sentences=())]),
        "sentences": _SENTENCE.packed(found.article.sentences),
        "actors": _ACTOR.packed(found.actors.values()),
        "rows": {name: packer.packed(getattr(found.rows, name)) for name, packer in _TABLES.items()},
        "cues": _CUE.packed(found.cues),
    }


def _read(content: dict[str, Any]) -> ArticleExtraction:
    rows = content["rows"]
    (article,) = _ARTICLE.unpacked(content["article"])
    return ArticleExtraction(
        article=replace(article, sentences=_SENTENCE.unpacked(content["sentences"])),
        actors={actor.actor_id: actor for actor in _ACTOR.unpacked(content["actors"])},
        rows=ArticleRows(**{name: packer.unpacked(rows[name]) for name, packer in _TABLES.items()}),
        cues=_CUE.unpacked(content["cues"]),
    )
