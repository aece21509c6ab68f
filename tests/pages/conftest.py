"""Pages opened in a real browser: a test module gives their `files` by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.pages import browsing


@pytest.fixture(scope="module")
def reader() -> Iterator[browsing.Reader]:
    with browsing.reading() as reader:
        yield reader


@pytest.fixture
def opened(reader: browsing.Reader, files: dict[str, Path]) -> Iterator[Callable[..., Page]]:
    """Opens a page by name; at the end it has asked for nothing and complained of nothing."""

    def open_page(name: str, fragment: str = "", **settings: object) -> Page:
        return reader.open(files[name], fragment, **settings)

    yield open_page
    reader.close_pages()
