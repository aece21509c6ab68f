"""The clock of a run: times add up by stage, and no second is counted twice."""

import time

from communique.stages import Stage, Stages, summary


def test_a_stage_is_timed_and_told_of_at_its_end():
    told = []
    clock = Stages(told.append)
    with clock("ingest") as counts:
        counts["files"] = 7
        time.sleep(0.02)
        assert told == []
    assert [(stage.name, stage.counts) for stage in told] == [("ingest", {"files": 7})]
    assert told[0].seconds >= 0.02


def test_a_stage_inside_another_takes_its_time_from_it():
    clock = Stages()
    with clock("tables"), clock("extract"):
        time.sleep(0.05)
    tables, extract = clock.done
    assert (tables.name, extract.name) == ("tables", "extract")
    assert tables.seconds < 0.04 < extract.seconds


def test_items_that_are_made_while_they_are_used():
    def made():
        for number in range(3):
            time.sleep(0.01)
            yield number

    told = []
    clock = Stages(told.append)
    with clock("tables"):
        used = []
        for number in clock.each("extract", made()):
            clock.count("extract", batches=1)
            used.append(number)
    assert used == [0, 1, 2]
    assert [stage.name for stage in told] == ["extract", "tables"]
    assert clock.done[1].counts == {"batches": 3}
    assert clock.done[1].seconds >= 0.03 > clock.done[0].seconds


def test_a_stage_that_fails_is_timed_and_not_told_of():
    told = []
    clock = Stages(told.append)
    try:
        with clock("publish"):
            raise OSError("disk full")
    except OSError:
        pass
    assert told == []
    assert [stage.name for stage in clock.done] == ["publish"]


def test_the_stages_in_one_line():
    stages = (Stage("ingest", 0.26, {"files": 1200}), Stage("publish", 1.0))
    assert summary(stages) == "Took 1.3 s: ingest 0.3 s (1,200 files), publish 1.0 s"
    assert stages[0].as_dict() == {"stage": "ingest", "seconds": 0.26, "counts": {"files": 1200}}
