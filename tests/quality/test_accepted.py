"""`accepted.toml`: what it may say, and what is wrong with it in one line."""

import pytest

from communique.quality.accepted import AcceptedError, accept, read_accepted
from communique.quality.checks import Check, Level, Outcome

GOOD = '[[accept]]\ncheck = "tariffs.rows_kept"\nafter = "0.1.0"\nreason = "A rule was mended."\nauthor = "A. Reader"\n'


@pytest.fixture
def read(tmp_path):
    def read(text):
        (tmp_path / "accepted.toml").write_text(text, encoding="utf-8")
        return read_accepted(tmp_path)

    return read


def test_no_file_accepts_nothing(tmp_path):
    assert read_accepted(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[accept", "does not parse"),
        ("check = 1", "holds something else"),
        ("[accept]\ncheck = 1", "holds something else"),
        ("[[accept]]\ncheck = 'tariffs.rows_kept'\n", "has not the fields"),
        (GOOD + "more = 1\n", "has not the fields"),
        (GOOD.replace('"A rule was mended."', '" "'), "reason is no text"),
        (GOOD.replace("rows_kept", "conserved"), "'tariffs.conserved' cannot be accepted"),
    ],
)
def test_what_is_wrong_with_it(read, text, problem):
    with pytest.raises(AcceptedError, match=problem) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("accepted.toml")


FAILED = Check("tariffs.rows_kept", "Kept.", Level.RELEASE, table="tariffs").result(1, 1)
OTHER = Check("dates.rows_kept", "Kept.", Level.RELEASE, table="dates").result(1, 1)


def test_it_speaks_of_one_check_and_one_release(read):
    entries = read(GOOD)
    done, used = accept([FAILED, OTHER], entries, "0.1.0")
    assert [result.outcome for result in done] == [Outcome.WARNED, Outcome.FAILED]
    assert used == list(entries)
    done, used = accept([FAILED], entries, "0.1.1")
    assert (done, used) == ([FAILED], [])
