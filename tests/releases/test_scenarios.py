"""The scenarios of `docs/releases.md`: which release each change makes, and that the page says so."""

import json
from importlib.resources import files

import jsonschema
import polars as pl
import pytest

from communique.releases.changelog import sections
from communique.releases.compare import compare
from communique.releases.places import open_release_files, open_store
from communique.releases.reading import find_release
from communique.releases.verdict import judge
from docs.scenarios import (
    PAGE,
    SCENARIOS,
    article_added,
    article_withdrawn,
    column_added,
    column_retyped,
    nothing_changed,
    play,
    rule_fixed,
    transcripts,
    with_transcripts,
    yanked,
)

SCHEMA = json.loads((files("schemas") / "diff.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """All scenarios, played once."""
    folder = tmp_path_factory.mktemp("scenarios")
    return {scenario: play(scenario, folder / scenario.__name__) for scenario in SCENARIOS}


@pytest.fixture
def diff_of(places):
    """The content of the `diff.json` of a scenario's release."""

    def read(scenario, version):
        return json.loads((places[scenario].folder / f"processed/{version}/diff.json").read_text(encoding="utf-8"))

    return read


def versions(place):
    return [entry.version for entry in open_store(place.folder / "processed").index().versions]


@pytest.mark.parametrize(
    ("scenario", "made", "bump"),
    [
        (nothing_changed, ["0.1.0"], None),
        (article_added, ["0.1.0", "0.2.0"], "minor"),
        (rule_fixed, ["0.1.0", "0.1.1"], "patch"),
        (column_added, ["0.1.0", "0.2.0"], "minor"),
        (column_retyped, ["0.1.0", "1.0.0"], "major"),
        (article_withdrawn, ["0.1.0", "0.2.0"], "minor"),
        (yanked, ["0.1.0", "0.2.0", "0.3.0"], "minor"),
    ],
)
def test_the_release_that_a_change_makes(places, diff_of, scenario, made, bump):
    place = places[scenario]
    assert versions(place) == made
    assert list(sections((place.folder / "CHANGELOG.md").read_text(encoding="utf-8"))) == made[::-1]
    if bump is not None:
        assert diff_of(scenario, made[-1])["bump"] == bump
    assert all(said.code == 0 for said in place.said if said.command.startswith("communique release"))
    assert place.said[-1].code == (0 if scenario is nothing_changed else 1)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_releases_are_whole_and_their_differences_of_the_published_form(places, diff_of, scenario):
    for version in versions(places[scenario]):
        jsonschema.validate(diff_of(scenario, version), SCHEMA)
        assert judge(open_release_files(places[scenario].folder / f"processed/{version}")).problems == ()


def test_an_article_brings_its_rows(diff_of):
    diff = diff_of(article_added, "0.2.0")
    assert diff["articles"] == {"added": ["ferries.txt"], "removed": []}
    assert diff["tables"]["aid_commitments"]["counts"] == {"added": 1, "removed": 0, "changed": 0, "rekeyed": 0}


def test_a_corrected_value_is_shown_with_both_sides(diff_of):
    (changed,) = diff_of(rule_fixed, "0.1.1")["tables"]["tariffs"]["changed"]
    assert changed["columns"] == {"status": {"old": "threatened", "new": "imposed"}}


@pytest.mark.parametrize(
    ("scenario", "version", "column", "change"),
    [
        (column_added, "0.2.0", "product", "column added"),
        (column_retyped, "1.0.0", "char_end", "column retyped"),
    ],
)
def test_a_change_of_the_declaration_changes_no_row(diff_of, scenario, version, column, change):
    diff = diff_of(scenario, version)
    assert [(part["table"], part["column"], part["change"]) for part in diff["schema"]] == [("tariffs", column, change)]
    assert not any(any(table["counts"].values()) for table in diff["tables"].values())


def test_the_rows_of_a_withdrawn_article_are_gone_and_those_of_others_stay(places, diff_of):
    diff = diff_of(article_withdrawn, "0.2.0")
    assert diff["articles"] == {"added": [], "removed": ["steel.txt"]}
    releases = places[article_withdrawn].folder / "processed"
    assert pl.read_parquet(releases / "0.2.0/tariffs.parquet").is_empty()
    assert pl.read_parquet(releases / "0.1.0/tariffs.parquet").height == 1
    kept = [pl.read_parquet(releases / version / "aid_commitments.parquet") for version in ("0.1.0", "0.2.0")]
    assert kept[0].equals(kept[1])


def test_a_yanked_release_is_passed_over(places, diff_of):
    index = open_store(places[yanked].folder / "processed").index()
    assert [(entry.version, entry.status) for entry in index.versions] == [
        ("0.1.0", "superseded"),
        ("0.2.0", "yanked"),
        ("0.3.0", "current"),
    ]
    assert diff_of(yanked, "0.3.0")["from"] == "0.1.0"
    assert "[YANKED]" in (places[yanked].folder / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_published_differences_are_those_that_the_command_finds(places, diff_of, scenario):
    releases = places[scenario].folder / "processed"
    for version in versions(places[scenario])[1:]:
        published = diff_of(scenario, version)
        old, new = (find_release(side, releases).snapshot() for side in (published["from"], version))
        assert compare(old, new).as_dict() == published


def test_the_page_has_what_the_commands_print(places):
    page = PAGE.read_text(encoding="utf-8")
    assert with_transcripts(page, transcripts(places)) == page, "run python -m docs.scenarios --write"
