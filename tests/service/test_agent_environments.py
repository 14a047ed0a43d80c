"""Environments are locked with all they need, built once per content, and have a browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent import environment, uv
from agent.robot_yaml import Robot, RobotError, load


def robot(folder: Path, *lines: str) -> Robot:
    folder.mkdir(exist_ok=True)
    (folder / "robot.yaml").write_text(
        "tasks: {a: {shell: x}}\nartifactsDir: output\nenvironmentConfigs: [conda.yaml]"
    )
    (folder / "conda.yaml").write_text("\n".join(lines))
    return load(folder)


def python(venv: Path, code: str) -> str:
    env = {**os.environ, **environment.programs(venv)}
    argv = [str(venv / "bin" / "python"), "-c", code]
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=True).stdout


JINJA = "dependencies: [python=3.11, {pip: [jinja2]}]"


def test_one_environment_per_content_locked_with_what_it_needs_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = environment.prepare(robot(tmp_path / "a", JINJA), tmp_path / "envs")
    assert first is not None
    (lock,) = (tmp_path / "envs").glob("*.lock")
    assert "markupsafe==" in lock.read_text()
    assert "--hash=sha256:" in lock.read_text()
    assert python(first, "import jinja2, markupsafe; print('here')") == "here\n"

    def built_again(*_arguments: str) -> None:
        raise AssertionError("uv runs again")

    monkeypatch.setattr(environment, "uv", built_again)
    assert environment.prepare(robot(tmp_path / "b", JINJA), tmp_path / "envs") == first


def test_a_half_built_environment_is_built_from_its_lock(tmp_path: Path) -> None:
    first = environment.prepare(robot(tmp_path / "a", JINJA), tmp_path / "envs")
    assert first is not None
    (first / ".ready").unlink()
    shutil.rmtree(first / "lib")
    assert environment.prepare(robot(tmp_path / "a", JINJA), tmp_path / "envs") == first
    assert python(first, "import jinja2; print('here')") == "here\n"


def test_commands_run_in_the_finished_environment(tmp_path: Path) -> None:
    (tmp_path / "mark.py").write_text(
        "import pathlib, sys; pathlib.Path(sys.prefix, 'mark').touch()"
    )
    found = robot(tmp_path / "a", f"rccPostInstall: [python {tmp_path}/mark.py]")
    venv = environment.prepare(found, tmp_path / "envs")
    assert venv is not None
    assert (venv / "mark").exists()


def test_what_cannot_be_built_is_said_in_uvs_words(tmp_path: Path) -> None:
    found = robot(tmp_path / "a", "dependencies: [{pip: ['jinja2==0.0.1']}]")
    with pytest.raises(RobotError, match=r"uv pip compile failed[\s\S]*jinja2==0.0.1"):
        environment.prepare(found, tmp_path / "envs")


def test_a_command_that_does_not_end_is_ended() -> None:
    argv = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(RobotError, match="uv sleep was not done after 1 s"):
        uv.run(argv, "uv sleep", os.environ, seconds=1)


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium")
def test_playwright_finds_the_systems_browser_and_downloads_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")  # nobody is there
    lines = (
        "dependencies: [{pip: ['playwright']}]",
        "rccPostInstall: [playwright install chromium]",
    )
    venv = environment.prepare(robot(tmp_path / "a", *lines), tmp_path / "envs")
    assert venv is not None
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p:\n"
        "    page = p.chromium.launch().new_page()\n"
        "    page.set_content('<title>found</title>')\n"
        "    print(page.title())"
    )
    assert python(venv, code) == "found\n"
