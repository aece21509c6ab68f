"""A release that contradicts itself is not published."""

from dataclasses import replace

import pytest

from communique.quality.report import quality_report
from communique.releases.build import release_files
from communique.releases.changelog import sections, with_release
from communique.releases.errors import ReleaseError
from communique.releases.index import json_bytes
from communique.releases.places import open_store
from communique.releases.publish import plan_release, publish
from communique.releases.rows import rows_of
from communique.releases.version import Bump, Change

DAY = "2025-06-01"


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "processed")


def files_of(plan, frames):
    quality = quality_report(
        version=plan.version,
        tables=rows_of(frames),
        extracted={},
        checks=(),
        accuracy=None,
        changes=plan.diff.as_dict(),
    )
    return release_files(plan.version, rows_of(frames), quality, plan.diff)


@pytest.fixture
def second(store, frames, table, article):
    """The plan and the files of a release with an article more, after one was published."""
    first = plan_release(store, rows_of(frames))
    publish(store, first, files_of(first, frames), DAY)
    after = frames | {"articles": table("articles", article(1), article(2), article(3))}
    plan = plan_release(store, rows_of(after))
    return plan, files_of(plan, after)


def refused(store, plan, files, why, changelog=None):
    before = store.index()
    with pytest.raises(ReleaseError, match=why):
        publish(store, plan, files, DAY, changelog)
    assert store.index() == before


def test_what_agrees_is_published(store, second):
    plan, files = second
    text = with_release("# Changelog\n", plan.diff.as_dict(), DAY)
    assert publish(store, plan, files, DAY, text).latest == "0.2.0"


def test_a_version_that_somebody_chose(store, second):
    plan, files = second
    for version in ("0.1.1", "0.3.0", "1.0.0"):
        refused(store, replace(plan, version=version), files, "after 0.1.0 a minor change makes 0.2.0")


def test_differences_that_somebody_mended(store, second):
    plan, files = second
    smaller = replace(plan.diff, changes=(Change(Bump.PATCH, "a word"),))
    refused(store, replace(plan, diff=smaller), files, "a patch change makes 0.1.1")
    refused(store, plan, files | {"diff.json": json_bytes(smaller.as_dict())}, "its diff.json has other differences")


def test_files_of_another_version(store, second):
    plan, files = second
    for name in ("datapackage.json", "quality.json"):
        other = files[name].replace(b'"version": "0.2.0"', b'"version": "0.2.1"')
        refused(store, plan, files | {name: other}, f"its {name} speaks of 0.2.1")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("## [0.2.0] - 2025-06-01\n\nBetter in every way.\n", r"section \[0.2.0\] without the line '- 1 article: "),
        ("## [0.2.0]\n\n- 2 articles: `a.txt`\n\n## [0.1.0]\n", r"section \[0.2.0\] without the line"),
        ("## [0.3.0] - 2025-06-01\n\n- 1 article\n", r"section \[0.3.0\], and there is no such release"),
    ],
)
def test_a_changelog_that_says_otherwise(store, second, text, why):
    plan, files = second
    refused(store, plan, files, why, f"# Changelog\n\n{text}")


def test_what_people_wrote_is_no_contradiction(store, second):
    plan, files = second
    draft = "# Changelog\n\n## [Unreleased]\n\nNorth of everything.\n\n## [0.1.0] - 2025-05-01\n\nOur first.\n"
    text = with_release(draft, plan.diff.as_dict(), DAY).replace("### Added", "### Added\n\n- By hand.")
    assert list(sections(text)) == ["0.2.0", "0.1.0"]
    assert "North of everything." in sections(text)["0.2.0"]
    assert publish(store, plan, files, DAY, text).latest == "0.2.0"
