"""The evidence browser in a real browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from communique.pages.explore import explore_page
from communique.releases.rows import rows_of
from schemas.tables import TABLES
from tests.pages import browsing
from tests.pages.releases import DUTIES, HARBOUR, hostile, many, small

QUICK = 200
"""Milliseconds in which a reader gets the rows of a filter, drawn."""

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of all releases looked at."""
    folder = tmp_path_factory.mktemp("explore")
    pages = {"small": small(), "hostile": hostile(), "many": many(20_000)}
    for name, frames in pages.items():
        (folder / f"{name}.html").write_text(explore_page("1.0.0", rows_of(frames), limit=40_000), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def first_column(page: Page) -> list[str]:
    return page.locator("#body th").all_inner_texts()


def test_the_first_table_is_there_at_once(opened: Opened) -> None:
    page = opened("small")
    assert first_column(page) == ["aid-000000000001"]
    expect(page.locator("#count")).to_have_text("1 row")
    expect(page.locator("#tabs [aria-current]")).to_contain_text("Aid commitments")


def test_a_table_is_picked_by_its_tab_or_its_address(opened: Opened) -> None:
    page = opened("small", "#dates")
    assert first_column(page) == ["date-000000000001"]
    page.get_by_role("link", name="Tariffs").click()
    assert first_column(page) == ["tariff-000000000001", "tariff-000000000002"]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("wheat", ["tariff-000000000001", "tariff-000000000002"]),
        ("=wheat", ["tariff-000000000002"]),
        ("imposed STEEL", ["tariff-000000000001"]),
        ("imposed =wheat", []),
    ],
)
def test_a_search_finds_all_words_in_columns_and_sentences(opened: Opened, words: str, rows: list[str]) -> None:
    page = opened("small", "#tariffs")
    page.get_by_label("Search").fill(words)
    assert first_column(page) == rows
    assert page.get_by_text("No row has all of this").is_visible() is not bool(rows)


def test_a_search_needs_no_accents(opened: Opened) -> None:
    page = opened("small")
    page.get_by_label("Search").fill("giurgiulesti")
    assert first_column(page) == ["aid-000000000001"]


def test_a_filter_narrows_and_clear_takes_it_back(opened: Opened) -> None:
    page = opened("small", "#tariffs")
    page.get_by_label("status").select_option(label="threatened (1)")
    assert first_column(page) == ["tariff-000000000002"]
    expect(page.locator("#count")).to_have_text("1 of 2 rows")
    page.get_by_role("button", name="Clear").click()
    assert len(first_column(page)) == 2


def test_a_filter_of_a_list_finds_its_elements(opened: Opened) -> None:
    page = opened("small", "#recommendations")
    page.get_by_label("addressee ids").select_option(label="country:MDA (1)")
    assert len(first_column(page)) == 1


def test_a_heading_sorts_and_says_so(opened: Opened) -> None:
    page = opened("small", "#tariffs")
    heading = page.get_by_role("columnheader", name="rate percent")
    heading.get_by_role("button").click()
    assert first_column(page)[0] == "tariff-000000000001"
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("button").click()
    assert first_column(page)[0] == "tariff-000000000002"
    expect(heading).to_have_attribute("aria-sort", "descending")


def test_a_row_shows_its_sentence_with_the_words_marked(opened: Opened) -> None:
    page = opened("small", "#tariffs")
    page.get_by_role("cell", name="steel").click()
    assert page.url.endswith("#tariff-000000000001")
    assert page.locator("blockquote").inner_text() == DUTIES
    assert page.locator("blockquote mark").inner_text() == "25 percent"
    neighbours = page.locator("#detail ul.rows").inner_text()
    assert "tariff-000000000002" in neighbours
    assert "tariff-000000000001" not in neighbours
    assert page.locator("dd", has_text="tariff.noun_after").is_visible()


def test_an_address_opens_its_row_and_names_the_article(opened: Opened) -> None:
    page = opened("small", "#aid-000000000001")
    assert page.locator("mark").inner_text() == "40 million euros"
    link = page.get_by_role("link", name="A harbour rebuilt")
    assert link.get_attribute("href") == "https://example.org/harbour"
    assert "noreferrer" in (link.get_attribute("rel") or "")
    assert page.locator("tr[aria-current]").count() == 1
    page.goto(page.url.split("#")[0] + "#country%3AMDA")
    assert "Recommendations: 1 row" in page.locator("#detail").inner_text()


def test_offsets_count_characters_and_not_their_halves(opened: Opened) -> None:
    page = opened("hostile", "#tariff-00000000000a")
    assert page.locator("mark").inner_text() == "40 percent"


def test_a_mention_shows_the_sentence_of_another_row_or_says_that_there_is_none(opened: Opened) -> None:
    page = opened("small", "#mention-000000000001")
    assert page.locator("blockquote").inner_text() == HARBOUR
    assert page.locator("mark").inner_text() == "Norway"
    page.goto(page.url.split("#")[0] + "#mention-000000000003")
    assert page.locator("blockquote").count() == 0
    assert "communique why mention-000000000003" in page.locator("#detail").inner_text()


def test_an_address_of_nothing_says_so(opened: Opened) -> None:
    page = opened("small", "#aid-ffffffffffff")
    assert "No row on this page has the id aid-ffffffffffff" in page.locator("#detail").inner_text()


def test_an_address_leads_to_a_row_that_the_search_hides(opened: Opened) -> None:
    page = opened("small", "#tariffs")
    page.get_by_label("Search").fill("=wheat")
    page.goto(page.url.split("#")[0] + "#tariff-000000000001")
    assert page.locator("tr[aria-current]").count() == 1


def test_a_row_is_copied_as_a_citation(opened: Opened) -> None:
    page = opened("small", "#aid-000000000001", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as citation").click()
    expect(page.locator("#detail [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        f"“{HARBOUR}” “A harbour rebuilt”, Northern Notes, 2025-03-03, https://example.org/harbour. "
        "In: communique 1.0.0, aid_commitments, aid-000000000001."
    )


def test_the_filtered_rows_are_downloaded_with_all_columns(opened: Opened) -> None:
    page = opened("small", "#tariffs")
    page.get_by_label("Search").fill("threatened =wheat")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "communique-1.0.0-tariffs.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert list(row) == TABLES["tariffs"].dtypes.names()
    assert row["evidence"] == DUTIES
    assert row["sentence_start"] == "100"
    assert row["rate_percent"] == "30"
    assert row["product"] == "'=wheat", "what a spreadsheet would run as a formula is text"
    assert row["speaker"] == ""


def test_everything_works_from_the_keyboard(opened: Opened) -> None:
    page = opened("small", "#tariffs")
    page.locator("#body a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("mark").inner_text() == "30 percent"
    assert page.evaluate("document.activeElement.id") == "row-title"
    page.keyboard.press("Escape")
    assert page.locator("#detail").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "tariff-000000000002"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == "tariff-000000000001"


def test_the_page_is_dark_where_the_reader_wants_it(opened: Opened) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    light, dark = (opened("small", color_scheme=scheme).evaluate(colour) for scheme in ("light", "dark"))
    assert light == "rgb(255, 255, 255)"
    assert dark == "rgb(20, 24, 28)"


@pytest.mark.parametrize(
    ("fragment", "settings"),
    [
        ("#tariffs", {}),
        ("#aid-000000000001", {"color_scheme": "dark"}),
        ("#aid-000000000001", {"viewport": {"width": 390, "height": 844}}),
    ],
)
def test_axe_finds_nothing_serious(opened: Opened, fragment: str, settings: dict[str, object]) -> None:
    assert browsing.serious_findings(opened("small", fragment, **settings)) == []


def test_a_phone_scrolls_down_and_never_sideways(opened: Opened) -> None:
    page = opened("small", "#aid-000000000001", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_hostile_text_is_text(opened: Opened) -> None:
    page = opened("hostile", "#tariff-00000000000a")
    quote = page.locator("blockquote").inner_text()
    assert "<script>document.title='owned'</script>" in quote
    assert "[U+001B][31mred[U+0007] [U+202E]desrever [U+2066]turned[U+2028]line {{ 7 * 7 }}" in quote
    assert page.locator("main img, main script").count() == 0
    assert "owned" not in page.title()
    assert page.locator("a[href^=javascript]").count() == 0
    assert "\x1b" not in page.locator("body").inner_text()
    page.get_by_role("link", name="Actors").click()
    page.get_by_label("Search").fill("<script> \u202e")
    assert len(first_column(page)) == 1


def test_twenty_thousand_rows_are_found_at_once(opened: Opened) -> None:
    """Measured as the time that the page's thread has had a processor, so that a busy machine does not count."""
    page = opened("many", "#tariffs")
    expect(page.locator("#count")).to_have_text("20,000 rows")
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def milliseconds() -> float:
        metrics = tools.send("Performance.getMetrics")["metrics"]
        return next(1000 * metric["value"] for metric in metrics if metric["name"] == "TaskDuration")

    def taken(place: str, value: str) -> float:
        before = milliseconds()
        page.evaluate(
            """([place, value]) => {
                document.querySelector(place).value = value;
                document.querySelector(place).dispatchEvent(new Event("input"));
                document.body.offsetHeight;
            }""",
            [place, value],
        )
        return milliseconds() - before

    steps = [("#search", "land12 imposed"), ("#search", "kind 77"), ("#search", ""), ("[name=status]", '"imposed"')]
    times = [taken(*step) for step in steps]
    print("20,000 rows filtered in", ", ".join(f"{time:.0f}" for time in times), "ms")
    assert max(times) < QUICK
    assert page.locator("#body tr").count() == 50
