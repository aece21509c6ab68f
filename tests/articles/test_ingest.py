"""A folder of files becomes articles and rejections."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.catalogue import CatalogueError
from communique.articles.ingest import article_id_of, ingest
from communique.articles.model import Article, Rejection
from communique.articles.rejection import RejectionReason

TEXT = "Oslo pays for the bridge\n\nNorway will pay 3 million euros for the bridge at Kirkenes. It opens in May.\n"
OTHER = "Malta lifts its tariff\n\nMalta has lifted the tariff on Tunisian oil. The ministers signed the accord.\n"
FRENCH = "Le gouvernement français a annoncé que les droits de douane seront levés dès le mois prochain pour tous.\n"


def _only(folder: Path) -> Article | Rejection:
    (found,) = ingest(folder)
    return found


def _article(folder: Path) -> Article:
    found = _only(folder)
    assert isinstance(found, Article), found
    return found


def _rejection(folder: Path) -> Rejection:
    found = _only(folder)
    assert isinstance(found, Rejection), found
    return found


def test_a_plain_text_is_ingested_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(TEXT, encoding="utf-8")
    article = _article(tmp_path)
    assert article.text == TEXT
    assert (article.article_id, article.source_file, article.language) == ("bridge", "bridge.txt", "en")
    assert article.title == "Oslo pays for the bridge"
    assert article.sha256 == article.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [article.text[s.start : s.end] for s in article.sentences][-1] == "It opens in May."


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with mark"])
def test_newlines_and_byte_order_marks_do_not_change_offsets(tmp_path: Path, newline: str, mark: bytes) -> None:
    (tmp_path / "bridge.txt").write_bytes(mark + TEXT.replace("\n", newline).encode())
    assert _article(tmp_path).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "iso-8859-15"])
def test_other_encodings_are_recognised_and_named(tmp_path: Path, encoding: str) -> None:
    text = (
        "The café in Genève\n\nThe ministers met at the café. Señor Núñez paid for the coffee, and the talks went on.\n"
    )
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    article = _article(tmp_path)
    assert article.text == text
    assert article.encoding != "utf-8"


def test_order_is_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.md").write_text(OTHER, encoding="utf-8")
    for name in ("c.pdf", ".hidden.txt", "README.md", "notes.docx"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    assert [found.source_file for found in ingest(tmp_path)] == ["a.md", "b.txt"]


REJECTED: dict[str, tuple[bytes, RejectionReason]] = {
    "no bytes": (b"", RejectionReason.EMPTY),
    "white space": (b" \n\t\n", RejectionReason.EMPTY),
    "a mark alone": (b"\xef\xbb\xbf", RejectionReason.EMPTY),
    "a PDF": (b"%PDF-1.7\n" + TEXT.encode(), RejectionReason.BINARY),
    "NUL bytes": (b"abc\x00\x01\x02\xff\x00\x00def" * 50, RejectionReason.BINARY),
    "control characters": (b"\x01\x02\x03\x04text" * 50, RejectionReason.BINARY),
    "French": (FRENCH.encode(), RejectionReason.NOT_ENGLISH),
    "Ukrainian": (
        "Міністр оголосив про нову допомогу для лікарень та шкіл у Харкові.\n".encode(),
        RejectionReason.NOT_ENGLISH,
    ),
    "two words": (b"Hello there\n", RejectionReason.TOO_LITTLE_TEXT),
    "only furniture": (b"Subscribe to our newsletter\n\nShare\n\nFacebook\n", RejectionReason.TOO_LITTLE_TEXT),
    "a broken UTF-16 file": (b"\xff\xfeO", RejectionReason.UNDECODABLE),
}


@pytest.mark.parametrize(("raw", "reason"), REJECTED.values(), ids=REJECTED.keys())
def test_files_that_are_no_articles_are_rejected(tmp_path: Path, raw: bytes, reason: RejectionReason) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    rejection = _rejection(tmp_path)
    assert rejection.reason == reason
    assert rejection.sha256 == hashlib.sha256(raw).hexdigest()
    assert rejection.detail
    assert rejection.remedy
    assert "\n" not in rejection.detail + rejection.remedy


def test_a_file_over_the_limit_is_rejected_unread(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (found,) = ingest(tmp_path, size_limit=20)
    assert isinstance(found, Rejection)
    assert (found.reason, found.sha256) == (RejectionReason.TOO_LARGE, None)


def test_the_second_of_two_equal_texts_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    first, second = ingest(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Rejection)
    assert (second.reason, second.detail) == (RejectionReason.DUPLICATE, "the same text as a.txt")


def test_links_out_of_the_folder_dangling_ones_and_pipes_are_rejected(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "b.txt").symlink_to(folder / "gone.txt")
    (folder / "c.txt").symlink_to(folder / "c.txt")
    os.mkfifo(folder / "d.txt")
    (folder / "e.txt").write_text(TEXT, encoding="utf-8")
    found = list(ingest(folder))
    assert [r.reason for r in found if isinstance(r, Rejection)] == [
        "outside_folder",
        "unreadable",
        "unreadable",
        "unreadable",
    ]
    assert isinstance(found[-1], Article)


def test_a_foreign_tail_does_not_make_the_article_foreign(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "\n" + FRENCH * 3, encoding="utf-8")
    article = _article(tmp_path)
    assert all("douane" not in article.text[s.start : s.end] for s in article.sentences)


IDS = {
    "talks.txt": "talks",
    "2025-02_oslo-talks.txt": "2025-02_oslo-talks",
    "talks.md": "talks--md",
    "talks.html": "talks--html",
}


@pytest.mark.parametrize(("name", "article_id"), IDS.items())
def test_ids_come_from_the_name(name: str, article_id: str) -> None:
    assert article_id_of(name) == article_id


def test_names_that_differ_have_ids_that_differ() -> None:
    names = [
        "a b.txt",
        "a-b.txt",
        "A-b.txt",
        "a_b.txt",
        "a-b.md",
        "a-b.htm",
        "a-b.html",
        "a--md.txt",
        "é.txt",
        "e.txt",
        "日本.txt",
        "中国.txt",
    ]
    ids = [article_id_of(name) for name in names]
    assert len(set(ids)) == len(names)
    assert all(set(i) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") for i in ids)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda stem: "/" not in stem and "\x00" not in stem))
def test_any_name_has_an_id(stem: str) -> None:
    name = f"{stem}.txt".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    assert 0 < len(article_id_of(name)) <= 90


CATALOGUE = '["a.txt"]\npublished = "2021-03-04"\npublisher = "The Gazette"\nauthors = ["Ana Lima"]\nurl = "https://e.example/a"\n'


def test_the_catalogue_tells_what_the_text_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    article = _article(tmp_path)
    assert (article.published, article.published_from) == ("2021-03-04", "metadata")
    assert (article.publisher, article.authors) == ("The Gazette", ("Ana Lima",))
    assert (article.source_url, article.title) == ("https://e.example/a", "Oslo pays for the bridge")


def test_a_json_catalogue_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "catalogue.json").write_text(
        '{"a.txt": {"published": "2021-03", "title": "The bridge"}}', encoding="utf-8"
    )
    article = _article(tmp_path)
    assert (article.published, article.title) == ("2021-03", "The bridge")


def test_null_says_nothing_and_keys_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "catalogue.json").write_text(
        '{"a.txt": {"published": null, "title": null, "publisher": "", "licence": "CC0", "words": 12}}',
        encoding="utf-8",
    )
    article = _article(tmp_path)
    assert (article.publisher, article.title) == (None, "Oslo pays for the bridge")


BAD_CATALOGUES = {
    "an entry without a file": ("catalogue.toml", '["gone.txt"]\npublished = "2021"\n', "gone.txt"),
    "another name for a key": ("catalogue.toml", '["a.txt"]\ndate = "2021"\n', "unknown key 'date'; write 'published'"),
    "a misspelt key": ("catalogue.toml", '["a.txt"]\npublishd = "2021"\n', "unknown key 'publishd'; write 'published'"),
    "a day that does not exist": ("catalogue.toml", '["a.txt"]\npublished = "2021-02-30"\n', "2021-02-30"),
    "a number for a text": ("catalogue.toml", '["a.txt"]\npublisher = 3\n', "write a text"),
    "a text for a list": ("catalogue.toml", '["a.txt"]\nauthors = "Ana Lima"\n', "write a list of names"),
    "an entry that is no table": ("catalogue.toml", '"a.txt" = "x"\n', "is not a table"),
    "bad TOML": ("catalogue.toml", '["a.txt"\n', "does not parse"),
    "bad JSON": ("catalogue.json", '{"a.txt": ', "does not parse"),
    "JSON that is a list": ("catalogue.json", "[]", "is not a table of files"),
    "a key said twice": ("catalogue.json", '{"a.txt": {}, "a.txt": {}}', "stands twice"),
    "bytes that are no UTF-8": ("catalogue.json", '{"a.txt": {"title": "\udce9"}}', "is not UTF-8"),
}


@pytest.mark.parametrize(("name", "content", "problem"), BAD_CATALOGUES.values(), ids=BAD_CATALOGUES.keys())
def test_a_bad_catalogue_stops_the_ingest_at_once(tmp_path: Path, name: str, content: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(CatalogueError) as error:
        ingest(tmp_path)
    assert problem in str(error.value)
    assert str(error.value).startswith(name)
    assert "\n" not in str(error.value)


def test_two_catalogues_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text("", encoding="utf-8")
    (tmp_path / "catalogue.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="keep one"):
        ingest(tmp_path)
