"""A browser for the tests of the pages: Debian's Chromium, or any Chrome, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Reader:
    """Who opens pages, and sees to it that a page asks for nothing else and complains about nothing."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._opened: dict[Page, str] = {}
        self._requests: list[str] = []
        self._complaints: list[str] = []

    def open(self, file: Path, fragment: str = "", **settings: object) -> Page:
        """The file in a tab of its own, in a browser window of these settings."""
        key = repr(sorted(settings.items()))
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**settings)  # type: ignore[arg-type]
        page = self._contexts[key].new_page()
        page.on("request", lambda request: self._requests.append(request.url.split("#")[0]))
        page.on("console", lambda message: self._complaints.append(message.text))
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("dialog", lambda dialog: self._complaints.append(dialog.message))
        self._opened[page] = file.as_uri()
        page.goto(file.as_uri() + fragment)
        return page

    def close_pages(self) -> None:
        """Shut all tabs, and fail if any wanted more than its own file or complained."""
        files, asked = {*self._opened.values()}, {*self._requests}
        complaints = [*self._complaints]
        for page in self._opened:
            page.close()
        for seen in (self._opened, self._requests, self._complaints):
            seen.clear()
        assert {url for url in asked if not url.startswith(("data:", "blob:"))} == files
        assert complaints == []


@contextmanager
def reading() -> Iterator[Reader]:
    """A reader with a headless browser; skips the tests where the machine has none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no browser here: none of {', '.join(NAMES)} is on the PATH")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield Reader(browser)
        browser.close()


def serious_findings(page: Page) -> list[str]:
    """What axe finds that keeps people from using the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {finding['help']} {[node['html'] for node in finding['nodes']]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
    ]
