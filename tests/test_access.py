"""docs/access.md: what it tells people to type works, against releases made here."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/access.md").read_text(encoding="utf-8")


def snippets(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("snippet", snippets("python"), ids=lambda text: re.findall(r"import (\w+)", text)[-1])
def test_python(snippet, project):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-c", snippet]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_sql(project, monkeypatch):
    monkeypatch.chdir(project)
    (query,) = snippets("sql")
    assert duckdb.sql(query.replace("0.1.0", "0.2.0")).fetchall() == [("Greece", "Malta", 1, 3e6)]


@pytest.fixture
def host(project):
    """The address of the releases on a web host."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

    handler = functools.partial(Quiet, directory=project / "processed")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("sha256sum")), reason="needs curl and sha256sum")
def test_shell(host, project, tmp_path):
    (script,) = snippets("sh")
    here = re.sub(r"(?<=BASE=)\S+", host, script)
    done = subprocess.run(["sh", "-eu", "-c", here], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "tariffs.parquet: OK\n"
    assert (tmp_path / "tariffs.parquet").read_bytes() == (project / "processed/0.2.0/tariffs.parquet").read_bytes()


def test_there_is_a_way_for_every_tool():
    headings = re.findall(r"^## (.*)$", PAGE, flags=re.MULTILINE)
    assert {"Python with communique", "polars", "pandas", "DuckDB", "R", "Plain HTTP"} <= set(headings)


@pytest.mark.parametrize("heading", ["Python with communique", "polars", "pandas", "DuckDB", "R"])
def test_each_way_has_a_pinned_version_and_the_latest(heading):
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    assert re.search(r'(/|version=")0\.1\.0', section)
    assert "latest" in section
