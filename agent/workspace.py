"""The work folder and the environment variables of one run."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from pathspec import GitIgnoreSpec

from agent import environment
from agent.robot_yaml import Robot

# All that a bot gets of the agent's own environment, besides what the settings name.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
# Robocorp's libraries fail when one of these is missing, also where empty will do.
EXPECTED = (
    "RC_WORKSPACE_ID",
    "RC_PROCESS_ID",
    "RC_PROCESS_RUN_ID",
    "RC_ACTIVITY_RUN_ID",
    "RC_WORKITEM_ID",
)


def copy(robot: Robot, root: Path) -> None:
    """The robot's files, without what its `ignoreFiles` name and what earlier runs left, and an
    empty folder for this run's artifacts."""
    shutil.copytree(robot.folder, root, ignore=_ignored(robot))
    (root / robot.artifacts).mkdir(parents=True, exist_ok=True)


def variables(robot: Robot, root: Path, venv: Path | None, given: dict[str, str]) -> dict[str, str]:
    """What the bot's process finds in its environment; `given` is what the claim and the settings
    add."""
    env = {"PATH": os.defpath}
    env |= {name: os.environ[name] for name in KEPT if os.environ.get(name)}
    if venv is not None:
        env |= environment.programs(venv)
    env |= dict.fromkeys(EXPECTED, "") | given
    scratch = root.with_name("tmp")
    scratch.mkdir(parents=True, exist_ok=True)
    return env | {
        "PATH": os.pathsep.join([*(str(root / p) for p in robot.path), env["PATH"]]),
        "PYTHONPATH": os.pathsep.join(str(root / p) for p in robot.python_path),
        "PYTHONNOUSERSITE": "1",
        "PYTHONUNBUFFERED": "1",
        "ROBOT_ROOT": str(root),
        "ROBOT_ARTIFACTS": str(root / robot.artifacts),
        "TEMP": str(scratch),
        "TMP": str(scratch),
    }


def _ignored(robot: Robot) -> Callable[[str, list[str]], set[str]]:
    lines = ["__pycache__/", ".git/", f"/{robot.artifacts}/"]
    for name in robot.ignore_files:
        file = robot.folder / name
        if file.is_file():
            lines += file.read_text(encoding="utf-8", errors="replace").splitlines()
    spec = GitIgnoreSpec.from_lines(lines)

    def ignored(folder: str, names: list[str]) -> set[str]:
        above = Path(folder).relative_to(robot.folder)
        # git tells folders by a slash at the end
        found = {name: (above / name).as_posix() for name in names}
        return {
            name
            for name, path in found.items()
            if spec.match_file(f"{path}/" if (robot.folder / path).is_dir() else path)
        }

    return ignored
