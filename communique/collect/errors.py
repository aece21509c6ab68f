"""What can go wrong while collecting."""

from __future__ import annotations


class CollectError(Exception):
    """The folder cannot be collected into: one line with file, problem and remedy."""


class SourcesError(ValueError):
    """`sources.toml` cannot be used: one line with the file, the entry, the problem and the remedy."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(" ".join(f"{file}: {problem}; {remedy}".split()))


class FetchError(Exception):
    """One address could not be collected; the others go on."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = " ".join(problem.split())
        self.remedy = " ".join(remedy.split())


class PassingError(FetchError):
    """May not happen again when tried again; `retry_after` is how long the server asks to wait, in seconds.

    `unreachable` says that no connection came about.
    """

    def __init__(
        self, problem: str, remedy: str, *, retry_after: float | None = None, unreachable: bool = False
    ) -> None:
        super().__init__(problem, remedy)
        self.retry_after = retry_after
        self.unreachable = unreachable
