"""Running a command as a person does."""

import json

import pytest

from communique.cli import app


class Said:
    """What a command printed and its exit code."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def complaint(self):
        """The last line on standard error."""
        return self.err.strip().splitlines()[-1]


@pytest.fixture
def communique(capsys):
    """Run a command in this process."""

    def run(*arguments):
        code = app.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture(autouse=True)
def _not_on_github(monkeypatch):
    """What the commands say does not depend on where the tests run."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
