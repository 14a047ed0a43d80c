"""What a run finds in its folder and its environment."""

from pathlib import Path

import pytest

from agent import workspace
from agent.robot_yaml import load


def a_robot(folder: Path, **files: str) -> Path:
    folder.mkdir()
    (folder / "robot.yaml").write_text(
        "tasks: {a: {shell: x}}\nartifactsDir: output\nPATH: [bin]\n"
        "ignoreFiles: [.gitignore, absent]"
    )
    for name, text in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def test_ignored_files_and_old_artifacts_are_left_behind(tmp_path: Path) -> None:
    folder = a_robot(tmp_path / "robot", output__old="", venv__x="", data__keep="", data__drop="")
    (folder / ".gitignore").write_text("# comment\nvenv/\ndata/*\n!data/keep\n")
    workspace.copy(load(folder), tmp_path / "run" / "robot")
    copied = {p.relative_to(tmp_path / "run" / "robot") for p in tmp_path.glob("run/robot/**/*")}
    assert {p.as_posix() for p in copied} == {
        "robot.yaml", ".gitignore", "data", "data/keep", "output",
    }  # fmt: skip


def test_the_variables_robots_rely_on_are_always_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTS_OWN", "not for bots")
    found = load(a_robot(tmp_path / "robot"))
    root = tmp_path / "run" / "robot"
    env = workspace.variables(found, root, None, {"RC_WORKSPACE_ID": "7"})
    assert (env["RC_WORKSPACE_ID"], env["RC_WORKITEM_ID"]) == ("7", "")
    assert env["PATH"].startswith(f"{root}/bin:")
    assert "AGENTS_OWN" not in env
