"""Here every run has a nursery of its own, as it has outside of tests."""

from __future__ import annotations

import pytest

from communique.runners import local, process


@pytest.fixture(autouse=True)
def _own_nursery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "Nursery", process.Nursery)
