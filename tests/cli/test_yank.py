"""`communique yank`, on disk and in a bucket."""

import json
import shutil

import pytest

from communique.releases.places import open_store
from tests import s3


@pytest.fixture(params=["folder", "bucket"])
def place(request, project, tmp_path):
    """Releases 0.1.0 and 0.2.0, which may be changed."""
    if request.param == "folder":
        return str(shutil.copytree(project / "processed", tmp_path / "releases"))
    bucket = request.getfixturevalue("bucket")
    s3.upload(project / "processed", f"{bucket}/releases")
    return f"{bucket}/releases"


def test_the_latest_moves_and_users_are_told(communique, place):
    said = communique("yank", "0.2.0", "--why", "Rates were\nswapped.", "--to", place)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Yanked release 0.2.0 in {place}; the latest is 0.1.0\n"
    assert open_store(place).index()["0.2.0"].why == "Rates were swapped."
    assert "communique 0.1.0" in communique("report", place).out
    said = communique("validate", f"{place}/0.2.0")
    assert said.code == 0, said.out
    assert said.err == f"{place}/0.2.0: release 0.2.0 was yanked: Rates were swapped.\n"


def test_where_none_stands(communique, place):
    communique("yank", "0.2.0", "--why", "Wrong.", "--to", place)
    said = communique("yank", "0.1.0", "--why", "Wrong.", "--to", place, "--json")
    assert said.json["latest"] is None
    assert said.json["yanked"]["status"] == "yanked"
    said = communique("report", place)
    assert said.code == 1
    assert said.complaint == (f"communique: {place}: all releases here were yanked; `communique release` makes one")


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["0.1.0"], 2, "Missing option '--why'"),
        (["0.1.0", "--why", " \t"], 2, "say in a few words what is wrong"),
        (["--why", "Wrong."], 2, "Missing argument 'VERSION'"),
        (["first", "--why", "Wrong."], 2, "'first' is not a version"),
        (["0.9.0", "--why", "Wrong."], 1, "no release 0.9.0 is listed; name one of these: 0.1.0, 0.2.0"),
        (["0.2.0", "--why", "Again."], 1, "release 0.2.0 is yanked already (Wrong.); nothing was changed"),
    ],
)
def test_what_goes_wrong_is_one_line(communique, place, arguments, code, problem):
    communique("yank", "0.2.0", "--why", "Wrong.", "--to", place)
    before = open_store(place).index()
    said = communique("yank", *arguments, "--to", place)
    assert said.code == code
    assert said.err.count("\n") == 1
    assert problem in said.err
    assert open_store(place).index() == before


def test_the_documents_of_the_project_follow(communique, project, tmp_path, monkeypatch):
    shutil.copytree(project / "processed", tmp_path / "processed")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [0.2.0] - 2025-06-01\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert communique("yank", "0.2.0", "--why", "Wrong.").code == 0
    assert "## [0.2.0] - 2025-06-01 [YANKED]\n\nYanked: Wrong.\n" in (tmp_path / "CHANGELOG.md").read_text()
    assert json.loads((tmp_path / "processed/index.json").read_bytes())["latest"] == "0.1.0"
