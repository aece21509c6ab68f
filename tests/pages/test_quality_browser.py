"""The page of the report in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from communique.pages.explore import explore_page
from communique.pages.quality import quality_page
from communique.releases.rows import rows_of
from tests.pages import browsing, reports
from tests.pages.releases import HOSTILE, hostile, small

Opened = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("quality")
    pages = {
        "passing": quality_page(reports.passing(), rows_of(small())),
        "failing": quality_page(reports.failing(), rows_of(small())),
        "hostile": quality_page(reports.failing(HOSTILE), rows_of(hostile())),
        "explore": explore_page("0.2.0", rows_of(small())),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def test_the_verdict_is_on_the_first_screen_of_a_phone(opened: Opened) -> None:
    page = opened("failing", **PHONE)
    box = page.locator(".verdict").bounding_box()
    assert box is not None
    assert box["y"] < 200
    assert page.locator("#failed").is_visible()


def test_examples_lead_to_their_rows(opened: Opened, files: dict[str, Path]) -> None:
    page = opened("failing")
    link = page.locator(".finding a").first.get_attribute("href")
    assert link == "explore.html#tariff-000000000001"
    row = opened("explore")
    row.goto(files["explore"].as_uri() + "#tariff-000000000001")
    assert row.locator("mark").inner_text() == "25 percent"


def test_the_figures_of_a_chart_open_from_the_keyboard(opened: Opened) -> None:
    page = opened("passing")
    summary = page.locator("figure summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("figure table").first.is_visible()


def test_a_chart_has_a_name_and_a_description(opened: Opened) -> None:
    page = opened("passing")
    assert page.get_by_role("img", name="Tariff rates by imposer and target").is_visible()


def test_charts_are_dark_where_the_page_is(opened: Opened) -> None:
    colour = "getComputedStyle(document.querySelector('svg text')).fill"
    light, dark = (opened("passing", color_scheme=scheme).evaluate(colour) for scheme in ("light", "dark"))
    assert light != dark


@pytest.mark.parametrize(
    ("name", "settings"), [("passing", {}), ("failing", {"color_scheme": "dark"}), ("failing", PHONE)]
)
def test_axe_finds_nothing_serious(opened: Opened, name: str, settings: dict[str, object]) -> None:
    page = opened(name, **settings)
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    assert browsing.serious_findings(page) == []


@pytest.mark.parametrize("name", ["passing", "failing", "hostile"])
def test_a_phone_scrolls_down_and_never_sideways(opened: Opened, name: str) -> None:
    page = opened(name, **PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_paper_is_white_and_loses_nothing_at_the_side(opened: Opened) -> None:
    page = opened("failing", color_scheme="dark", viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("nav").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 720


def test_hostile_text_is_text(opened: Opened) -> None:
    page = opened("hostile")
    assert page.locator("body script, body img").count() == 0
    assert "owned" not in page.title()
    assert "<script>document.title='owned'</script>" in page.locator(".finding").first.inner_text()
