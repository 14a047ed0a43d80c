"""robot.yaml, as rcc reads it, with Deskhand's own key:

deskhand: {desktop: [task, ...], timeoutSeconds: {task: n}, memoryMb: {task: n}}
"""

import platform
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TIMEOUT_SECONDS, MEMORY_MB = 900, 4096
_FOREIGN = re.compile(r"windows|darwin|linux|amd64|arm64")


class RobotError(Exception):
    """The robot cannot be run as it is; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Robot:
    folder: Path
    commands: Mapping[str, tuple[str, ...]]  # task -> argument list
    artifacts: str
    environment: Path | None
    path: tuple[str, ...] = ()
    python_path: tuple[str, ...] = ()
    pre_run: tuple[tuple[str, ...], ...] = ()
    desktop: frozenset[str] = frozenset()
    timeouts: Mapping[str, int] = field(default_factory=dict)
    memory: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.folder.name

    def command(self, task: str) -> tuple[str, ...]:
        """By exact name, else whatever the case. Raises RobotError."""
        folded = {name.lower(): argv for name, argv in self.commands.items()}
        found = self.commands.get(task) or folded.get(task.lower())
        if found is None:
            raise RobotError(
                f"{self.name} has no task '{task}'; it has {', '.join(self.commands)}."
            )
        return found

    def timeout(self, task: str) -> int:
        return self.timeouts.get(task, TIMEOUT_SECONDS)

    def memory_mb(self, task: str) -> int:
        return self.memory.get(task, MEMORY_MB)


def load(folder: Path) -> Robot:
    """The robot in `folder`. Raises RobotError."""
    file = folder / "robot.yaml"
    try:
        data = yaml.safe_load(file.read_text())
    except (OSError, yaml.YAMLError) as error:
        raise RobotError(f"{file} cannot be read: {error}") from error
    if not isinstance(data, dict) or not data.get("tasks") or not data.get("artifactsDir"):
        raise RobotError(f"{file} needs 'tasks' and 'artifactsDir'.")
    own = data.get("deskhand") or {}
    artifacts = str(data["artifactsDir"])
    return Robot(
        folder=folder,
        commands={str(n): _command(str(n), t, artifacts) for n, t in data["tasks"].items()},
        artifacts=artifacts,
        environment=_environment(folder, data),
        path=tuple(data.get("PATH") or ()),
        python_path=tuple(data.get("PYTHONPATH") or ()),
        pre_run=tuple(tuple(shlex.split(s)) for s in data.get("preRunScripts") or () if _fits(s)),
        desktop=frozenset(own.get("desktop") or ()),
        timeouts=own.get("timeoutSeconds") or {},
        memory=own.get("memoryMb") or {},
    )


def find(bots: Path) -> dict[str, Robot]:
    """Every robot below `bots`, by folder name."""
    return {f.parent.name: load(f.parent) for f in sorted(bots.glob("*/robot.yaml"))}


def queues(robots: Mapping[str, Robot]) -> list[str]:
    return [f"{name}.{task}" for name, robot in robots.items() for task in robot.commands]


def _command(name: str, task: Any, artifacts: str) -> tuple[str, ...]:
    kinds = {k: task[k] for k in ("robotTaskName", "shell", "command") if task and task.get(k)}
    if len(kinds) != 1:
        raise RobotError(f"Task '{name}' needs exactly one of robotTaskName, shell and command.")
    if "shell" in kinds:
        return tuple(shlex.split(kinds["shell"]))
    if "command" in kinds:
        return tuple(str(part) for part in kinds["command"])
    robot = ("python", "-m", "robot", "--report", "NONE", "--outputdir", artifacts)
    return (*robot, "--logtitle", "Task log", "--task", kinds["robotTaskName"], ".")


def _environment(folder: Path, data: Mapping[str, Any]) -> Path | None:
    names = [*(data.get("environmentConfigs") or ()), data.get("condaConfigFile")]
    for name in names:
        if name and _fits(str(name)) and (folder / str(name)).exists():
            return folder / str(name)
    return None


def _fits(name: str) -> bool:
    """Whether the platform words in a file name are this machine's."""
    here = {"linux", "arm64" if platform.machine() in ("aarch64", "arm64") else "amd64"}
    words = set(_FOREIGN.findall(name.lower()))
    frozen = "freeze" in name or name.count("_") > 2
    return words <= here and (not frozen or here <= words)
