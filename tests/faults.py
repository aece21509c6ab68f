"""Articles on which the engine fails, in real processes: the text of an article says how."""

from __future__ import annotations

from pathlib import Path

import pytest

TEXT = """A meeting in Oslo

Published on March 3, 2025

Norway pledged 40 million euros to Moldova in May 2024. The ministers met for a day. Sign of the fault: {}.
"""

RAISES, LOOPS, SEARCHES, EXITS, CRASHES = "raises", "loops", "searches", "exits", "crashes"

_ENGINE = f'''
import sys

if "communique.runners.nursery" in sys.orig_argv:
    import os, re, signal, time
    from pathlib import Path

    from communique.extraction import engine

    real = engine.extract_all

    def fail(article):
        _, _, fault = article.text.partition("Sign of the fault: ")
        match fault.strip().rstrip(".").split(" "):
            case ["{RAISES}"]:
                raise ZeroDivisionError("poison")
            case ["{LOOPS}"]:
                while True:
                    pass
            case ["{SEARCHES}"]:
                re.match("(a+)+$", "a" * 60 + "b")
            case ["{EXITS}"]:
                os._exit(3)
            case ["{CRASHES}"]:
                os.kill(os.getpid(), signal.SIGSEGV)
            case ["once", mark] if not Path(mark).exists():
                Path(mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            case ["slow", seconds, mark]:
                Path(mark).write_text(str(os.getpid()))
                time.sleep(float(seconds))

    def extract_all(articles):
        for article in articles:
            fail(article)
        return real(articles)

    engine.extract_all = extract_all
'''


def article(fault: str) -> str:
    """The text of an article with this fault."""
    return TEXT.format(fault)


def once(mark: Path) -> str:
    """Kills its process the first time; then `mark` is there."""
    return article(f"once {mark}")


def slow(seconds: float, mark: Path) -> str:
    """Takes so long, and leaves the number of its process in `mark`."""
    return article(f"slow {seconds} {mark}")


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Processes that extract fail as the articles say; returns the folder that makes them, for PYTHONPATH."""
    folder = tmp_path / "faults"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_ENGINE, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    return folder
