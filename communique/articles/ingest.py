"""A folder of articles, read one by one."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from communique.articles.build import build_article
from communique.articles.catalogue import CatalogueError, read_catalogue
from communique.articles.decode import decode
from communique.articles.html import read_html
from communique.articles.language import language_of
from communique.articles.metadata import Metadata
from communique.articles.model import Article, Rejection
from communique.articles.rejection import RefusedError, RejectionReason
from communique.articles.sidecar import SIDECAR, known_of, read_sidecar

__all__ = [
    "SIZE_LIMIT",
    "CatalogueError",
    "article_id_of",
    "article_of",
    "duplicate_of",
    "ingest",
    "name_of",
    "read_article",
    "read_file",
    "source_name",
    "survey",
]

SIZE_LIMIT = 10_000_000
"""Bytes of the largest file that is taken for an article."""

_SUFFIXES = {".txt": "", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
_CANONICAL = re.compile(r"[a-z0-9]+(?:[_-]{1}[a-z0-9]+)*")
_FEWEST_WORDS = 5
_SAMPLED = 50
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "changelog", "contributing"})


def survey(folder: Path) -> tuple[tuple[Path, Metadata], ...]:
    """The files of the folder that are taken for articles, with what the catalogue and the sidecars say of each.

    They come in the order of their articles' ids, which the revisions of an article share.  Files are .txt, .md and
    .html, but neither hidden ones nor those about the folder itself (README, LICENSE).

    Raises:
        CatalogueError: the catalogue or a sidecar cannot be used.
        OSError: the folder cannot be read.
    """
    paths = {name_of(path): path for path in folder.iterdir()}
    files = sorted(name for name, path in paths.items() if _is_article(path) and not path.is_dir())
    catalogue = read_catalogue(folder, frozenset(files))
    sidecars = {name: read_sidecar(paths[name + SIDECAR], name) for name in files if name + SIDECAR in paths}
    known = known_of(files, catalogue, {name: sidecar for name, sidecar in sidecars.items() if sidecar is not None})
    files.sort(key=lambda name: (article_id_of(known[name].received.article or name), name))
    return tuple((paths[name], known[name]) for name in files)


def name_of(path: Path) -> str:
    """The name of the file, read as UTF-8 whatever the locale's encoding is; bytes that are none are surrogates."""
    return os.fsencode(path.name).decode("utf-8", "surrogateescape")


def _is_article(path: Path) -> bool:
    named = path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")
    return named and path.stem.lower() not in _ABOUT_THE_FOLDER


@lru_cache(maxsize=1 << 14)
def article_id_of(name: str) -> str:
    """The id of the article in the file of that name: the stem in lower case, made of a-z, 0-9, "-" and "_".

    Depends on the name alone.  A suffix other than .txt is added ("talks.md" is "talks--md"); where the stem had to be
    changed, a hash of the name keeps ids of different files apart.
    """
    path = Path(name)
    kind = _SUFFIXES.get(path.suffix.lower(), "")
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_]+", "-", plain)[:80].strip("-_") or "article"
    if slug == path.stem and _CANONICAL.fullmatch(slug) and path.suffix in (".txt", ".md", ".html"):
        return f"{slug}--{kind}" if kind else slug
    return f"{slug}--{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def ingest(folder: Path, *, size_limit: int = SIZE_LIMIT) -> Iterator[Article | Rejection]:
    """The articles of the folder, and a rejection for each file that cannot be one, in the order of `survey`.

    Raises at once what `survey` raises.
    """
    return _ingested(survey(folder), size_limit)


def read_article(path: Path, known: Metadata | None = None, *, size_limit: int = SIZE_LIMIT) -> Article | Rejection:
    """The article of one file, `known` what is known of it beforehand, or why it cannot be one."""
    raw = read_file(path, size_limit=size_limit)
    return raw if isinstance(raw, Rejection) else article_of(name_of(path), raw, known)


def read_file(path: Path, *, size_limit: int = SIZE_LIMIT) -> bytes | Rejection:
    """The bytes of a file, or why it cannot be read as an article."""
    try:
        return _read(path, size_limit)
    except RefusedError as refused:
        return refused.rejection(source_name(name_of(path)), None)


def article_of(file: str, raw: bytes, known: Metadata | None = None) -> Article | Rejection:
    """The article that the file of this name (see `name_of`) holds, or why it cannot be one."""
    name, sha256 = source_name(file), hashlib.sha256(raw).hexdigest()
    try:
        return _article(file, name, raw, sha256, known or Metadata())
    except RefusedError as refused:
        return refused.rejection(name, sha256)


def source_name(file: str) -> str:
    """The name of a file (see `name_of`) as the tables have it, which hold no surrogates."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def duplicate_of(article: Article, twin: str) -> Rejection:
    """The rejection of an article whose text the file `twin` has too."""
    refused = RefusedError(RejectionReason.DUPLICATE, f"the same text as {twin}")
    return refused.rejection(article.source_file, article.sha256)


def _ingested(files: Iterable[tuple[Path, Metadata]], size_limit: int) -> Iterator[Article | Rejection]:
    seen: dict[str, str] = {}
    for path, known in files:
        found = read_article(path, known, size_limit=size_limit)
        if isinstance(found, Article):
            twin = seen.setdefault(found.text_sha256, found.source_file)
            if twin != found.source_file:
                found = duplicate_of(found, twin)
        yield found


def _read(path: Path, size_limit: int) -> bytes:
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            if not path.resolve().is_relative_to(path.parent.resolve()):
                raise RefusedError(RejectionReason.OUTSIDE_FOLDER, "the file is a link to one outside the folder")
            about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise RefusedError(RejectionReason.UNREADABLE, "not a regular file")
        if about.st_size > size_limit:
            raise RefusedError(RejectionReason.TOO_LARGE, f"{about.st_size} bytes, the limit is {size_limit}")
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedError(RejectionReason.UNREADABLE, f"cannot be read: {reason}") from error


def _article(file: str, name: str, raw: bytes, sha256: str, known: Metadata) -> Article:
    received = known.received
    if received.superseded_by:
        raise RefusedError(RejectionReason.SUPERSEDED, f"{received.superseded_by} is the newest revision")
    html = _SUFFIXES[Path(file).suffix.lower()] == "html"
    text, encoding = decode(raw, html=html, charset=received.charset)
    if html:
        text, own = read_html(text)
        known = known.over(own)
    article_id = article_id_of(received.article or file)
    article = build_article(text, known, article_id=article_id, source_file=name, sha256=sha256, encoding=encoding)
    words = _words(article)
    if words < _FEWEST_WORDS:
        language = language_of(text)
        if language != "en" and len(text.split()) >= _FEWEST_WORDS:
            raise RefusedError(RejectionReason.NOT_ENGLISH, f"the text looks like {language}")
        raise RefusedError(RejectionReason.TOO_LITTLE_TEXT, f"{words} words of body")
    language = language_of(_sample(article))
    if language != "en":
        raise RefusedError(RejectionReason.NOT_ENGLISH, f"the text looks like {language}")
    return article


def _words(article: Article) -> int:
    """The words of the body, counted no further than is needed to tell whether they are enough."""
    words = 0
    for sentence in article.sentences:
        words += len(article.text[sentence.start : sentence.end].split())
        if words >= _FEWEST_WORDS:
            break
    return words


def _sample(article: Article) -> str:
    """Sentences from all over the body, enough to tell its language."""
    step = len(article.sentences) // _SAMPLED + 1
    return " ".join(article.text[s.start : s.end] for s in article.sentences[::step])
