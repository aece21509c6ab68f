"""Extracting by processes of this machine, some of which are lost."""

import os
import signal
from contextlib import closing
from hashlib import sha256
from threading import Thread

import pytest

from communique import batch
from communique.articles.rejection import REMEDIES, RejectionReason
from communique.extraction_run import Progress, extracted
from communique.runners import local, process
from communique.runners.base import RunnerError
from communique.runners.inline import InlineRunner
from communique.runners.local import LocalRunner
from tests.conftest import FERRIES, STEEL, write_articles
from tests.faults import CRASHES, EXITS, RAISES, SEARCHES, article, once, slow
from tests.processes import child_processes, is_running, wait_for

faulty = pytest.mark.usefixtures("faults")


def results(raw, **arguments):
    return list(extracted(raw, runner=LocalRunner(**arguments)))


def outcome(raw, **arguments):
    """The articles extracted, and the rejections by file."""
    done = results(raw, **arguments)
    articles = [found.article.article_id for result in done for found in result.extractions]
    return articles, {rejection.source_file: rejection for result in done for rejection in result.rejections}


@pytest.mark.parametrize("workers", [1, 3])
def test_what_is_found_is_what_this_process_finds_in_the_same_order(raw, workers, monkeypatch):
    write_articles(raw, ferries=FERRIES, more=STEEL.replace("Brazil", "Mexico"))
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
    told: list[Progress] = []
    done = list(extracted(raw, runner=LocalRunner(workers), progress=told.append))
    assert done == [batch.extract_files(part) for part in batch.file_batches(raw)]
    assert [progress.done for progress in told] == [0, 1, 2, 3, 4]
    assert (told[-1].batches, told[-1].articles, told[-1].rejected) == (4, 4, 1)
    assert told[-1].words == sum(len(found.article.text.split()) for one in done for found in one.extractions)


FAILING = {
    RAISES: ("extraction_failed", "ZeroDivisionError: poison"),
    SEARCHES: ("time_limit", "extracting it took longer than 1 seconds"),
    EXITS: ("worker_lost", "the process that extracted it ended with exit code 3"),
    CRASHES: ("worker_lost", "the process that extracted it was ended by SIGSEGV"),
}


@faulty
def test_articles_that_fail_are_rejected_and_the_others_of_their_batch_go_on(raw):
    write_articles(raw, **{fault: article(fault) for fault in FAILING})
    articles, rejected = outcome(raw, time_limit=1)
    assert articles == ["harbour", "steel"]
    for fault, told in FAILING.items():
        found = rejected[f"{fault}.txt"]
        assert (found.reason, found.detail) == told
        assert found.sha256 == sha256((raw / f"{fault}.txt").read_bytes()).hexdigest()
        assert found.remedy == REMEDIES[RejectionReason(found.reason)]


def test_in_this_process(raw):
    assert list(extracted(raw, runner=InlineRunner())) == [
        batch.extract_files(part) for part in batch.file_batches(raw)
    ]


@faulty
def test_an_article_whose_process_was_killed_once_is_extracted(raw, tmp_path):
    write_articles(raw, killed=once(tmp_path / "mark"))
    articles, rejected = outcome(raw)
    assert articles == ["harbour", "killed", "steel"]
    assert rejected.keys() == {"empty.txt"}


@faulty
def test_a_process_killed_from_outside_is_replaced(raw, tmp_path):
    write_articles(raw, lasting=slow(3, tmp_path / "mark"))
    killer = Thread(target=lambda: os.kill(wait_for(tmp_path / "mark"), signal.SIGKILL))
    killer.start()
    articles, _ = outcome(raw)
    killer.join()
    assert articles == ["harbour", "lasting", "steel"]


@faulty
def test_the_limit_grows_with_the_article(raw, tmp_path, monkeypatch):
    monkeypatch.setattr(process, "MEGABYTE", 50)
    write_articles(raw, long=slow(2, tmp_path / "mark"))
    articles, _ = outcome(raw, time_limit=1)
    assert articles == ["harbour", "long", "steel"]


def test_processes_end_when_nobody_wants_more(raw, monkeypatch):
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
    before = child_processes(os.getpid())
    with closing(extracted(raw, runner=LocalRunner(2))) as run:
        next(run)
        children = set(child_processes(os.getpid())) - {*before}
        assert children
    assert not [child for child in children if is_running(child)]


def test_a_process_that_cannot_begin_is_an_error_in_one_line(raw, tmp_path, monkeypatch):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/sitecustomize.py").write_text("import os\nos._exit(7)\n")
    monkeypatch.syspath_prepend(tmp_path / "broken")
    with pytest.raises(RunnerError, match=r"ended with exit code 7 before it began; .* fewer --workers"):
        results(raw)


def test_an_engine_that_began_to_load_is_that_of_the_next_run_with_its_limit(raw, monkeypatch):
    before = set(child_processes(os.getpid()))
    with local.begun(5):
        (loading,) = set(child_processes(os.getpid())) - before
        monkeypatch.setattr(process, "_started", None)
        assert outcome(raw, time_limit=5)[0] == ["harbour", "steel"]
        assert not is_running(loading)


def test_an_engine_that_nobody_needed_ends(raw):
    before = set(child_processes(os.getpid()))
    with local.begun(5):
        (loading,) = set(child_processes(os.getpid())) - before
        assert outcome(raw, time_limit=6)[0] == ["harbour", "steel"]
        assert is_running(loading)
    assert not is_running(loading)
