"""The page on operations: its units are valid, its commands and settings exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prefect.client.schemas.schedules import CronSchedule
from prefect.settings.models.root import Settings
from typer.testing import CliRunner

from communique.cli.app import app

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def blocks(language):
    """The blocks of code in a language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to verify its units")
def test_the_units_are_valid(tmp_path):
    names = re.findall(r"/etc/systemd/system/(communique[a-z-]*\.service)", PAGE)
    units = blocks("ini")
    assert len(names) == len(units) == 3
    for name, unit in zip(names, units, strict=True):
        here = re.sub(r"/srv/communique/\.venv/bin/\w+", sys.executable, unit)
        (tmp_path / name).write_text(here, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) not in done.stderr


def test_the_settings_are_those_of_prefect():
    (environment,) = blocks("sh")
    named = re.findall(r"^(PREFECT_\w+)=", environment, re.MULTILINE)
    known = {name.upper() for name in environment_names(Settings)}
    assert set(named) <= known


def environment_names(settings, prefix="prefect"):
    """The variables that Prefect reads, with their other names."""
    for name, about in settings.model_fields.items():
        inner = about.annotation
        if hasattr(inner, "model_fields"):
            yield from environment_names(inner, f"{prefix}_{name}")
        else:
            yield f"{prefix}_{name}"
        for alias in getattr(about.validation_alias, "choices", ()):
            if isinstance(alias, str):
                yield alias


def test_the_options_of_serve_are_those_that_it_has():
    help_text = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "200"}).output
    used = set(re.findall(r"serve .*?(--[a-z-]+)", PAGE)) | set(
        re.findall(r"`(--(?:raw|to|gold|log-format|port))`", PAGE)
    )
    assert used
    assert all(option in help_text for option in used)


def test_the_deployment_is_what_the_page_says():
    content = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    (deployment,) = content["deployments"]
    (schedule,) = deployment["schedules"]
    assert CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"]).cron == "0 6 * * *"
    assert deployment["work_pool"]["name"] == "communique"
    assert (
        deployment["concurrency_limit"] | {"limit": 1, "collision_strategy": "ENQUEUE"}
        == deployment["concurrency_limit"]
    )
    assert f"update/{deployment['name']}" in PAGE
    module, _, name = deployment["entrypoint"].rpartition(".")
    assert name == "update"
    assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
