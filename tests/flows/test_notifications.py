"""What a webhook hears, from a receiver on the loopback that may fail, hang or be away; its address stays unsaid."""

from __future__ import annotations

import logging
import time

import pytest
from prefect import flow

from bench.site import free_port
from flows import notifications
from flows.notifications import WEBHOOK, Message, about_quality, notify_ending, notify_release, send
from tests.flows.webhook import SECRET, receiving


@pytest.fixture
def receiver(monkeypatch):
    with receiving() as server:
        monkeypatch.setenv(WEBHOOK, server.address)
        monkeypatch.setattr(notifications, "LONGEST_WAIT", 0.01)
        yield server


@pytest.fixture
def said(caplog):
    """Everything that is logged, at any level."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "communique"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def quality(verdict="passed with warnings"):
    warned = {"outcome": "warned", "id": "articles.silent", "detail": "2 articles <fell> silent", "failed": 2}
    fine = {"outcome": "passed", "id": "fine", "detail": "", "failed": 0, "applied": 3}
    return {
        "version": "0.3.0",
        "verdict": verdict,
        "checks": {"results": [fine, warned | {"applied": 9}]},
        "rejected": [{}],
        "quarantined": [],
    }


def test_a_message_is_one_that_slack_takes():
    content = about_quality("published", quality(), "https://prefect.example/runs/1").as_json()
    assert content["text"].splitlines() == [
        "communique 0.3.0: published, verdict passed with warnings",
        "warned: articles.silent: 2 articles <fell> silent",
        "1 rejected",
        "https://prefect.example/runs/1",
    ]
    (block,) = content["blocks"]
    assert block["type"] == "section"
    assert block["text"]["type"] == "mrkdwn"
    assert "• warned: articles.silent: 2 articles &lt;fell&gt; silent" in block["text"]["text"]


def test_a_long_message_is_cut():
    content = Message("title", tuple("x" * 100 for _ in range(100))).as_json()
    assert len(content["blocks"][0]["text"]["text"]) <= 3000


def test_a_release_with_warnings_is_told_of_and_one_without_is_not(receiver):
    notify_release(quality("passed"), "processed/0.3.0")
    assert receiver.messages == []
    notify_release(quality(), "processed/0.3.0")
    ((path, kind, content),) = receiver.messages
    assert (path, kind) == (f"/services/{SECRET}", "application/json")
    assert "in processed/0.3.0" in content["text"]


def test_without_an_address_nothing_is_sent(monkeypatch):
    monkeypatch.delenv(WEBHOOK, raising=False)
    assert send(Message("hello")) is False


def test_a_receiver_that_fails_for_a_moment_is_asked_again(receiver, said):
    receiver.statuses = [500, 429]
    assert send(Message("hello"))
    assert len(receiver.messages) == 3
    assert SECRET not in said.text


@pytest.mark.parametrize(
    ("statuses", "attempts", "reason"),
    [([500] * 9, 3, "the receiver answered HTTP 500"), ([404], 1, "the receiver answered HTTP 404")],
)
def test_a_receiver_that_refuses_is_a_warning(receiver, said, statuses, attempts, reason):
    receiver.statuses = statuses
    assert not send(Message("hello"))
    assert len(receiver.messages) == attempts
    warnings = [record.getMessage() for record in said.records if record.levelno >= logging.WARNING]
    assert warnings == [f"the notification was not sent: {reason}"]
    assert SECRET not in said.text


def test_a_receiver_that_hangs_holds_nobody(receiver, said):
    receiver.delay = 5
    began = time.monotonic()
    assert not send(Message("hello"), patience=0.3)
    assert time.monotonic() - began < 3
    assert "TimeoutError" in said.text
    assert SECRET not in said.text


@pytest.mark.parametrize(
    "address",
    [
        f"http://127.0.0.1:PORT/{SECRET}",
        f"ftp://127.0.0.1/{SECRET}",
        f"nonsense {SECRET}",
        f"http://[{SECRET}",
        f"http://user:{SECRET}@\x00",
    ],
)
def test_an_address_that_cannot_be_reached_is_a_warning_without_it(address, said, monkeypatch):
    monkeypatch.setattr(notifications.os, "environ", {WEBHOOK: address.replace("PORT", str(free_port()))})
    monkeypatch.setattr(notifications, "LONGEST_WAIT", 0.01)
    assert not send(Message("hello"))
    assert f"see that {WEBHOOK} is an http or https address" in said.text
    assert SECRET not in said.text


@pytest.mark.usefixtures("prefect_server")
def test_a_run_that_fails_is_told_of_once_also_where_another_run_made_it(receiver):
    @flow(name="inner", on_failure=[notify_ending])
    def inner():
        raise OSError("no space left on device")

    @flow(name="outer", on_failure=[notify_ending], flow_run_name="the outer run")
    def outer():
        inner()

    with pytest.raises(OSError, match="no space left"):
        outer()
    ((_, _, content),) = receiver.messages
    assert content["text"].startswith("communique: run the outer run failed\nno space left on device")
