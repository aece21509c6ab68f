import pytest

from communique.releases.changelog import with_release
from communique.releases.compare import NOTHING, compare
from communique.releases.reading import current_snapshot
from communique.releases.rows import rows_of

HEAD = "# Changelog\n\nAll notable changes.\n"


@pytest.fixture
def first(frames):
    return compare(NOTHING, current_snapshot("0.1.0", rows_of(frames))).as_dict()


@pytest.fixture
def second(frames, table, article, tariff):
    new = frames | {
        "articles": table("articles", article(1), article(2), article(3) | {"source_file": "we`ird|\nname.txt"}),
        "tariffs": table("tariffs", tariff(1), tariff(2, rate_percent=25.0), tariff(4)),
    }
    return compare(current_snapshot("0.1.0", rows_of(frames)), current_snapshot("0.2.0", rows_of(new))).as_dict()


def test_a_release_gets_its_section_with_counts(first):
    text = with_release(HEAD, first, "2025-06-01")
    assert "## [0.1.0] - 2025-06-01\n\n### Added\n\n- 2 articles: `article-1.txt`, `article-2.txt`\n" in text
    assert "`tariffs` 3" in text
    assert text.startswith(HEAD)


def test_the_newest_section_stands_first(first, second):
    text = with_release(with_release(HEAD, first, "2025-06-01"), second, "2025-07-01")
    assert text.index("[Unreleased]") < text.index("[0.2.0]") < text.index("[0.1.0]")
    assert "### Changed\n\n- Rows changed: `tariffs` 1\n" in text
    assert "### Removed\n\n- Rows removed: `tariffs` 1\n" in text
    assert "- 1 article: `weird|name.txt`" in text


def test_a_second_time_changes_nothing(first):
    once = with_release(HEAD, first, "2025-06-01")
    assert with_release(once, first, "2025-06-02") == once


def test_words_of_people_move_into_the_release_and_stay(first, second):
    draft = (
        f"{HEAD}\n## [Unreleased]\n\nA word before.\n\n### Added\n\n- Tariffs per unit.\n\n### Thanks\n\nTo readers.\n"
    )
    text = with_release(draft, first, "2025-06-01")
    section = text[text.index("## [0.1.0]") :]
    assert section.index("A word before.") < section.index("- Tariffs per unit.") < section.index("- 2 articles")
    assert section.count("### Added") == 1
    assert "### Thanks\n\nTo readers." in section
    again = with_release(text.replace("To readers.", "To careful readers."), second, "2025-07-01")
    assert "To careful readers." in again
    assert "## [Unreleased]\n\n## [0.2.0]" in again


def test_long_lists_are_cut(first):
    names = [f"a-{n:03}.txt" for n in range(50)]
    text = with_release(HEAD, first | {"articles": {"added": names, "removed": []}}, "2025-06-01")
    assert "- 50 articles: `a-000.txt`" in text
    assert "and 30 more" in text
