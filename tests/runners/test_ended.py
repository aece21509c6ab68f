"""Commands that are ended while processes extract for them."""

import os
import signal
import subprocess
import sys

import pytest

from communique.runners import RUNNERS
from tests.conftest import write_articles
from tests.faults import LOOPS, article, slow
from tests.processes import ends, parent_of, wait_for


def ancestors(process, last):
    """The processes between one and one that it comes from."""
    found = []
    while (process := parent_of(process)) not in (last, 1):
        found.append(process)
    return found


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize("runner", RUNNERS)
def test_no_process_outlives_the_command(raw, tmp_path, faults, runner, number):
    """Neither one that works on an article, nor one that can be reached no more."""
    write_articles(raw, a=slow(0, tmp_path / "mark"), b=article(LOOPS))
    command = [sys.executable, "-c", "from communique.cli import main; main()"]
    with subprocess.Popen(
        [*command, "extract", "--raw", raw, "--out", tmp_path / "out", "--runner", runner],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(faults), *sys.path])},
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        worker = wait_for(tmp_path / "mark")
        family = [worker, *ancestors(worker, run.pid)]
        os.kill(run.pid, number)
        said = run.communicate(timeout=30)[1]
    assert all(ends(process) for process in family)
    assert run.returncode == {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}[number]
    assert "Traceback" not in said
    assert ("communique: interrupted" in said) == (number == signal.SIGINT)
    assert not list((tmp_path / "out").glob("*.parquet"))
