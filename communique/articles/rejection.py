"""Why a file cannot be ingested, and what would mend it."""

from __future__ import annotations

from enum import StrEnum

from communique.articles.model import Rejection


class RejectionReason(StrEnum):
    """The closed list of reasons, as `rejected.parquet` has them."""

    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too_large"
    NOT_ENGLISH = "not_english"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    UNREADABLE = "unreadable"
    OUTSIDE_FOLDER = "outside_folder"
    TOO_LITTLE_TEXT = "too_little_text"
    EXTRACTION_FAILED = "extraction_failed"
    TIME_LIMIT = "time_limit"
    WORKER_LOST = "worker_lost"


REMEDIES = {
    RejectionReason.EMPTY: "fetch the article again or delete the file",
    RejectionReason.BINARY: "save the article as UTF-8 text, Markdown or HTML",
    RejectionReason.UNDECODABLE: "save the file as UTF-8",
    RejectionReason.TOO_LARGE: "split the file into one file per article, or raise the size limit",
    RejectionReason.NOT_ENGLISH: "supply an English translation; only English is read",
    RejectionReason.DUPLICATE: "keep one of the two files",
    RejectionReason.SUPERSEDED: "none is needed; the newest revision is read in its place",
    RejectionReason.UNREADABLE: "make it a regular file that this user may read",
    RejectionReason.OUTSIDE_FOLDER: "copy the file into the folder instead of linking to it",
    RejectionReason.TOO_LITTLE_TEXT: "check that the file holds the article and not just a notice or a menu",
    RejectionReason.EXTRACTION_FAILED: "report the error with the article; without the file the release is whole",
    RejectionReason.TIME_LIMIT: "split the article or give a longer --time-limit; the release is whole without it",
    RejectionReason.WORKER_LOST: "report the signal with the article; without the file the release is whole",
}

AS_IT_SHOULD_BE = frozenset({RejectionReason.SUPERSEDED})
"""Reasons that are no shortcoming of the files."""


class RefusedError(Exception):
    """Raised inside the ingest where a file has to be rejected."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def rejection(self, source_file: str, sha256: str | None) -> Rejection:
        """The rejection as a row: reason, detail and remedy on one line each."""
        return Rejection(source_file, sha256, self.reason.value, " ".join(self.detail.split()), REMEDIES[self.reason])
