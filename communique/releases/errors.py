"""What can go wrong with a release, each with a message that names the file, the problem and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ReleaseError(Exception):
    """A release cannot be read, compared or made."""


class LocationError(ReleaseError):
    """What was given as the place of a release can be none."""


class CannotCompareError(ReleaseError):
    """A table cannot be compared, so that nothing is known of its differences."""


class PublishConflictError(ReleaseError):
    """Another publisher was first: nothing was changed."""


class StoppedError(ReleaseError):
    """A check stopped the release: nothing was published.

    `quality` is the content of the quality report, `reports` has its files by name.
    """

    def __init__(self, message: str, quality: Mapping[str, Any], reports: Mapping[str, bytes]) -> None:
        super().__init__(message)
        self.quality = quality
        self.reports = reports
