"""Values kept by column are the values; each is made when it is asked for."""

import pickle
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.extraction.columns import Columns, Shape, column


@dataclass(frozen=True, slots=True)
class Port:
    name: str
    ships: int
    flags: tuple[str, ...] = ()


SHAPE = Shape.of(Port)
PORTS = st.lists(st.builds(Port, st.text(), st.integers(), st.lists(st.text()).map(tuple))).map(tuple)


@given(PORTS)
def test_what_was_taken_apart_comes_back(ports):
    kept = Columns(SHAPE, SHAPE.columns(ports))
    assert kept == ports
    assert tuple(kept) == ports
    assert len(kept) == len(ports)
    assert [kept[at] for at in range(len(ports))] == list(ports)
    assert kept[1:] == ports[1:]
    assert hash(kept) == hash(ports)
    assert repr(kept) == repr(ports)
    assert pickle.loads(pickle.dumps(kept)) == ports


@given(PORTS)
def test_a_column_is_the_same_however_the_values_are_kept(ports):
    kept = Columns(SHAPE, SHAPE.columns(ports))
    for name in SHAPE.names:
        assert list(column(kept, name)) == list(column(ports, name)) == [getattr(port, name) for port in ports]


@pytest.mark.parametrize("content", [[], [["Oulu"], [2]], [["Oulu"], [2], []], [["Oulu"], [2, 3], [()]]])
def test_columns_of_another_shape_are_refused(content):
    with pytest.raises(ValueError, match="not the columns of Port"):
        Columns(SHAPE, content)


def test_no_value_has_a_column_that_does_not_exist():
    with pytest.raises(ValueError, match="not in tuple"):
        Columns(SHAPE, SHAPE.columns([Port("Oulu", 2)])).column("depth")


def test_other_things_are_not_the_same():
    assert Columns(SHAPE, SHAPE.columns([Port("Oulu", 2)])) != [Port("Oulu", 2)]
