"""Withdrawing a release: its files stay for those who use them, nothing recommends it any more."""

from __future__ import annotations

from communique.releases.index import Index
from communique.releases.storage import Store


def yank(store: Store, version: str, why: str) -> Index:
    """Mark a release as yanked, for the reason `why`; the latest becomes the newest that is not. Returns the index.

    Raises:
        ReleaseError: there is no such release, or it is yanked already.
    """
    store.recover()
    return store.edit(lambda index: index.with_yank(version, why))
