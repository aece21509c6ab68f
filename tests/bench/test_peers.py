"""The comparison with other libraries: its table, and what it says where they are not installed."""

import sys

import pytest

from bench.peers import main, markdown


def test_the_table_gives_ratios():
    seconds = {"communique (ingest and all tables)": 0.5, "a library": 4.0, "the three together": 10.0}
    lines = markdown(seconds, 10_000).splitlines()
    assert lines[2:] == [
        "| communique (ingest and all tables) | 20,000 | – |",
        "| a library | 2,500 | 8.0× |",
        "| the three together | 1,000 | 20.0× |",
    ]


def test_an_environment_without_the_libraries_is_told_what_to_install():
    with pytest.raises(SystemExit, match=r"No module named .*; install requirements/peers\.txt"):
        main(["--python", sys.executable, "--size", "0.001", "--rounds", "1"])
