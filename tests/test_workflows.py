"""The workflows are valid by the schema that ships with check-jsonschema, and do what they are for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def load(name):
    return yaml.load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def commands(workflow):
    return "\n".join(step.get("run", "") for step in steps(workflow))


def test_the_workflows_are_valid():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_invalid_workflow_would_be_seen(tmp_path):
    broken = tmp_path / "broken.yml"
    broken.write_text("on: push\njobs: {tests: {steps: []}}\n")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", broken]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_tests_run_on_every_change():
    workflow = load("tests.yml")
    assert {"push", "pull_request"} <= set(workflow["on"])
    assert ".ci/run" in commands(workflow)


def test_the_quality_report_reaches_the_summary_and_the_artifacts():
    workflow = load("data-quality.yml")
    assert {"pull_request", "schedule"} <= set(workflow["on"])
    assert 'make release ARGS="--reports reports"' in commands(workflow)
    assert 'cat reports/quality.md >> "$GITHUB_STEP_SUMMARY"' in commands(workflow)
    uploads = [step["with"]["path"] for step in steps(workflow) if "upload-artifact@" in step.get("uses", "")]
    assert uploads == ["reports/", "processed/"]


def test_a_pull_request_shows_the_rows_that_it_changes():
    workflow = load("data-quality.yml")
    (base,) = [step for step in steps(workflow) if step.get("with", {}).get("path") == "base"]
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert "communique diff base/processed processed --markdown" in commands(workflow)
    assert all("pull_request" in step["if"] for step in steps(workflow) if "base" in json.dumps(step))


def test_reports_are_kept_when_a_check_has_stopped_the_release():
    after = [step for step in steps(load("data-quality.yml")) if "summary" in step.get("name", "")]
    assert after
    assert all("!cancelled()" in step["if"] for step in after)


def test_no_text_of_an_article_or_a_pull_request_is_put_into_a_command():
    for path in WORKFLOWS:
        assert "${{" not in commands(load(path.name))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_small(path):
    workflow = load(path.name)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert all("@v" in step["uses"] for step in job["steps"] if "uses" in step)


def test_ci_runs_the_tests():
    path = ROOT / ".ci/run"
    assert os.access(path, os.X_OK)
    assert "make test" in path.read_text(encoding="utf-8").splitlines()
