"""`sources.toml`: read as it is meant, refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.collect.errors import SourcesError
from communique.collect.sources import Kind, Limits, Source, read_sources

FEED = '[[feed]]\nurl = "https://fjord.example/feed"\npublisher = "The Fjord Post"\nlicence = "CC-BY-4.0"\n'


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "sources.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_feeds_and_pages_with_what_is_known_of_them(tmp_path: Path) -> None:
    text = f"""contact = "https://fjord.example/about"
{FEED}most = 5
recheck = false
skip = ["*/video/*"]
[[page]]
url = "https://other.example/a"
publisher = "Other"
licence = "unknown"
enabled = false
[limits]
attempts = 2
seconds_between_requests = 3
"""
    sources = read_sources(written(tmp_path, text))
    feed = Source(
        kind=Kind.FEED,
        url="https://fjord.example/feed",
        publisher="The Fjord Post",
        licence="CC-BY-4.0",
        most=5,
        recheck=False,
        skip=("*/video/*",),
    )
    assert sources.enabled == (feed,)
    assert [source.kind for source in sources.sources] == [Kind.FEED, Kind.PAGE]
    assert sources.contact == "https://fjord.example/about"
    assert sources.limits == Limits(attempts=2, seconds_between_requests=3.0)
    assert sources.origins == {("fjord.example", 443)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[feed]", "sources.toml: does not parse"),
        (b"\xff\xfe", "sources.toml: is not UTF-8 (byte 0); save it as UTF-8"),
        ('[[feeds]]\nurl = "x"', "sources.toml: unknown key 'feeds'; write 'feed'"),
        ("feed = 3", "sources.toml: 'feed' is no list of tables; begin each entry with [[feed]]"),
        ("feed = [3]", "sources.toml: [[feed]] 1: is no table; begin each entry with [[feed]]"),
        (FEED + "[[page]]\n", "sources.toml: [[page]] 1: has no 'url'; write url = \"...\""),
        (FEED.replace("licence", "license"), "[[feed]] 1: unknown key 'license'; write 'licence'"),
        (FEED.replace('licence = "CC-BY-4.0"\n', ""), "[[feed]] 1: has no 'licence'; write licence = \"...\""),
        (FEED + 'enabled = "no"', "[[feed]] 1: 'enabled' is 'no'; write true or false"),
        (FEED + "most = 0", "[[feed]] 1: 'most' is '0'; write a whole number from 1"),
        (FEED + 'skip = "x"', "[[feed]] 1: 'skip' is 'x'; write a list of patterns"),
        (FEED.replace("The Fjord Post", " "), "[[feed]] 1: 'publisher' is ''; write a text"),
        (FEED.replace("https", "file"), "has the scheme 'file'; only http and https are collected"),
        (FEED.replace("//fjord", "//user:SWORDFISH@fjord"), "has a user or a password in it; remove them"),
        (FEED.replace("https://fjord.example/feed", "fjord"), "[[feed]] 1: fjord has the scheme"),
        (FEED + FEED, "https://fjord.example/feed stands in it twice; keep one of the two"),
        (FEED + "[limits]\nattempt = 2", "[limits]: unknown key 'attempt'; write 'attempts'"),
        (FEED + "[limits]\nattempts = 0", "[limits]: 'attempts' is '0'; write a whole number from 1"),
        (FEED + "[limits]\nseconds_to_wait = -1", "'seconds_to_wait' is '-1'; write a number of seconds"),
        (FEED + "[limits]\nseconds_to_wait = nan", "'seconds_to_wait' is 'nan'; write a number of seconds"),
        ("limits = 1", "'limits' is no table; write its keys under [limits]"),
        ("contact = 1", "sources.toml: 'contact' is '1'; write a text"),
        ('contact = "a\\nb"', "sources.toml: 'contact' is 'a\\nb'; write a text"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(SourcesError) as error:
        read_sources(written(tmp_path, text))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert "; " in str(error.value)
    assert "SWORDFISH" not in str(error.value)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"sources\.toml: does not exist; write one \(docs/collecting\.md"):
        read_sources(tmp_path / "sources.toml")


def test_the_sources_of_the_project_can_be_read_and_are_examples() -> None:
    sources = read_sources(Path(__file__).parents[2] / "raw/sources.toml")
    assert sources.sources
    assert not sources.enabled
