"""robot.yaml, as rcc reads it, with Deskhand's own key:

deskhand: {desktop: [task, ...], timeoutSeconds: {task: n}, memoryMb: {task: n}}
"""

import platform
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

TIMEOUT_SECONDS, MEMORY_MB = 900, 4096
_FOREIGN = re.compile(r"windows|darwin|linux|amd64|arm64")


class RobotError(Exception):
    """The robot cannot be run as it is; the message says what to mend, code and values say the same
    to who tells it in other words."""

    def __init__(self, message: str, code: str = "robot.malformed", **values: str) -> None:
        super().__init__(message)
        self.code, self.values = code, values or {"error": message}

    def within(self, file: Path) -> "RobotError":
        """The same, told with the file that is to be mended."""
        return RobotError(f"{file}: {self}", self.code, **self.values, file=str(file))


@dataclass(frozen=True, slots=True)
class Robot:
    folder: Path
    commands: Mapping[str, tuple[str, ...]]  # task -> argument list
    artifacts: str
    environment: Path | None
    path: tuple[str, ...] = ()
    python_path: tuple[str, ...] = ()
    pre_run: tuple[tuple[str, ...], ...] = ()
    ignore_files: tuple[str, ...] = ()
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


# An empty key is as good as none.
_Names = Annotated[tuple[str, ...], BeforeValidator(lambda value: value or ())]
_Numbers = Annotated[dict[str, Annotated[int, Field(gt=0)]], BeforeValidator(lambda v: v or {})]


class _Task(BaseModel):
    robot_task: str = Field("", alias="robotTaskName")
    shell: str = ""
    command: _Names = ()


class _Own(BaseModel):
    desktop: _Names = ()
    timeouts: _Numbers = Field({}, alias="timeoutSeconds")
    memory: _Numbers = Field({}, alias="memoryMb")


class _File(BaseModel):
    """What is read of the file; keys that rcc does not know either are left alone."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    tasks: dict[str, _Task] = Field(min_length=1)
    artifacts: str = Field(alias="artifactsDir", min_length=1)
    environments: _Names = Field((), alias="environmentConfigs")
    conda: str | None = Field(None, alias="condaConfigFile")
    pre_run: _Names = Field((), alias="preRunScripts")
    ignore_files: _Names = Field((), alias="ignoreFiles")
    path: _Names = Field((), alias="PATH")
    python_path: _Names = Field((), alias="PYTHONPATH")
    deskhand: Annotated[_Own, BeforeValidator(lambda value: value or {})] = _Own()


def load(folder: Path) -> Robot:
    """The robot in `folder`. Raises RobotError."""
    file = folder / "robot.yaml"
    try:
        data = _File.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
        return _robot(folder, data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{file} cannot be read: {error}"
        raise RobotError(message, "robot.unreadable", file=str(file), error=str(error)) from error
    except ValidationError as error:
        raise RobotError(_faults(error)).within(file) from error
    except RobotError as error:
        raise error.within(file) from error


def find(bots: Path) -> tuple[dict[str, Robot], list[RobotError]]:
    """Every robot below `bots` by folder name, and what is wrong with those left out."""
    robots, faults = dict[str, Robot](), list[RobotError]()
    for file in sorted(bots.glob("*/robot.yaml")):
        try:
            robots[file.parent.name] = load(file.parent)
        except RobotError as error:
            faults.append(error)
    return robots, faults


def queues(robots: Mapping[str, Robot]) -> list[str]:
    return [f"{name}.{task}" for name, robot in robots.items() for task in robot.commands]


def _robot(folder: Path, data: _File) -> Robot:
    if not (folder / data.artifacts).resolve().is_relative_to(folder.resolve()):
        message = f"artifactsDir '{data.artifacts}' is outside the robot's folder."
        raise RobotError(message, "robot.artifacts", folder=data.artifacts)
    scripts = (script for script in data.pre_run if _fits(script))
    return Robot(
        folder=folder,
        commands={name: _command(name, t, data.artifacts) for name, t in data.tasks.items()},
        artifacts=data.artifacts,
        environment=_environment(folder, (*data.environments, data.conda)),
        path=data.path,
        python_path=data.python_path,
        pre_run=tuple(split(script, "preRunScripts") for script in scripts),
        ignore_files=data.ignore_files,
        desktop=frozenset(data.deskhand.desktop),
        timeouts=data.deskhand.timeouts,
        memory=data.deskhand.memory,
    )


def _command(name: str, task: _Task, artifacts: str) -> tuple[str, ...]:
    kinds = [kind for kind in (task.robot_task, task.shell, task.command) if kind]
    if len(kinds) != 1:
        message = f"Task '{name}' needs exactly one of robotTaskName, shell and command."
        raise RobotError(message, "robot.command", task=name)
    if task.shell:
        return split(task.shell, f"Task '{name}'")
    if task.command:
        return task.command
    robot = ("python", "-m", "robot", "--report", "NONE", "--outputdir", artifacts)
    return (*robot, "--logtitle", "Task log", "--task", task.robot_task, ".")


def split(line: str, where: str) -> tuple[str, ...]:
    """A command line as a POSIX shell splits it; it is run by none. Raises RobotError."""
    try:
        words = tuple(shlex.split(line))
    except ValueError as error:
        raise RobotError(f"{where}: {error} in '{line}'.") from error
    if not words:
        raise RobotError(f"{where} is empty.")
    return words


def _environment(folder: Path, names: tuple[str | None, ...]) -> Path | None:
    for name in names:
        if name and _fits(name) and (folder / name).exists():
            return folder / name
    return None


def _faults(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in found)


def _fits(name: str) -> bool:
    """Whether the platform words in a file name are this machine's."""
    here = {"linux", "arm64" if platform.machine() in ("aarch64", "arm64") else "amd64"}
    words = set(_FOREIGN.findall(name.lower()))
    frozen = "freeze" in name or name.count("_") > 2
    return words <= here and (not frozen or here <= words)
