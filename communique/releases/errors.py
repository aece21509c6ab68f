"""What can go wrong with a release, each with a message that names the file, the problem and the remedy."""

from __future__ import annotations


class ReleaseError(Exception):
    """A release cannot be read, compared or made."""


class PublishConflictError(ReleaseError):
    """Another publisher was first: nothing was changed."""
