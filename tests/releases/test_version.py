import pytest

from communique.releases.version import FIRST, Bump, Change, Version, implied_bump


@pytest.mark.parametrize(
    ("bump", "after"),
    [(Bump.NONE, "1.2.3"), (Bump.PATCH, "1.2.4"), (Bump.MINOR, "1.3.0"), (Bump.MAJOR, "2.0.0")],
)
def test_a_bump_resets_the_smaller_parts(bump, after):
    assert str(Version.parse("1.2.3").bumped(bump)) == after


def test_versions_order_by_number_not_by_letter():
    assert Version.parse("0.9.0") < Version.parse("0.10.0") < Version.parse("1.0.0")


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.02.3", "1.2.3-rc1", "latest", "٣.1.0"])
def test_what_is_not_a_version_is_refused(text):
    with pytest.raises(ValueError, match="not a version"):
        Version.parse(text)


def test_the_greatest_change_decides():
    changes = [Change(Bump.PATCH, "a value"), Change(Bump.MINOR, "an article"), Change(Bump.PATCH, "another value")]
    assert implied_bump(changes) is Bump.MINOR
    assert implied_bump([]) is Bump.NONE


def test_the_first_release_is_a_draft():
    assert str(FIRST) == "0.1.0"
