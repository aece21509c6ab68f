"""What a schedule starts: collecting that falls short holds up no release, and is told of."""

import pytest

from bench.site import free_port
from communique.releases.local import LocalStore
from flows import notifications
from flows.notifications import WEBHOOK
from flows.update import update
from tests.flows.webhook import receiving

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def webhook(monkeypatch):
    with receiving() as server:
        monkeypatch.setenv(WEBHOOK, server.address)
        monkeypatch.setattr(notifications, "LONGEST_WAIT", 0.01)
        yield server


def ended(**parameters):
    """The message of the state that a run ends in."""
    return update(return_state=True, **parameters).message


def test_the_state_says_what_the_run_did(raw, tmp_path):
    parameters = {"raw": str(raw), "to": str(tmp_path / "processed")}
    assert ended(**parameters) == "Published 0.1.0: the first release"
    assert ended(**parameters) == "Nothing changed since 0.1.0"


def test_a_source_that_gives_nothing_is_told_of_and_the_release_goes_on(raw, tmp_path, webhook):
    feed = f'[[feed]]\nurl = "http://127.0.0.1:{free_port()}/feed.xml"\npublisher = "Example"\nlicence = "CC BY 4.0"\n'
    (raw / "sources.toml").write_text(feed, encoding="utf-8")
    said = ended(raw=str(raw), to=str(tmp_path / "processed"), collect=True)
    assert said.startswith("Published 0.1.0: the first release; collecting fell short: ")
    assert LocalStore(tmp_path / "processed").index().latest == "0.1.0"
    told = [text for text in webhook.texts if "collecting fell short" in text]
    assert len(told) == 1
    assert "127.0.0.1" in told[0]


def test_a_release_with_a_rejected_file_is_told_of_and_a_run_that_changes_nothing_is_not(raw, tmp_path, webhook):
    parameters = {"raw": str(raw), "to": str(tmp_path / "processed")}
    ended(**parameters)
    (text,) = webhook.texts
    assert text.startswith("communique 0.1.0: published, verdict passed with warnings")
    assert "1 rejected" in text
    ended(**parameters)
    assert len(webhook.texts) == 1


def test_a_run_that_fails_is_told_of_once(tmp_path, webhook):
    (tmp_path / "raw").mkdir()
    assert update(raw=str(tmp_path / "raw"), to=str(tmp_path / "processed"), return_state=True).is_failed()
    (text,) = webhook.texts
    assert "failed" in text.splitlines()[0]
    assert "no article could be read here" in text
