"""A bot's environment: what its dependency file asks for is locked once, with all that this needs
in turn, and built once per lock."""

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent import dependencies
from agent.browsers import provide
from agent.dependencies import Dependencies
from agent.robot_yaml import Robot, RobotError
from agent.uv import run, uv

# python3-xlib and python-xlib write the same files; one of them wins at random.
OVERRIDES = "python3-xlib ; sys_platform == 'never'\n"
VERSION = "2"  # part of the keys: raise it when environments are built in another way
Progress = Callable[[str], object]


def prepare(robot: Robot, folder: Path, progress: Progress = lambda line: None) -> Path | None:
    """The environment's folder, built when it is not there; None for a robot without one.

    Raises RobotError with uv's own words.
    """
    if robot.environment is None:
        return None
    wanted = dependencies.read(robot.environment)
    python = _interpreter(wanted.python)
    lock = _lock(robot.name, wanted, python, folder, progress)
    target = folder / _key(python, lock.read_text(), *map(repr, wanted.post_install))
    with _locked(target):
        if not (target / ".ready").exists():
            progress(f"building the environment of {robot.name}")
            _build(target, python, lock, wanted)
            (target / ".ready").touch()
    return target


def programs(environment: Path) -> dict[str, str]:
    """The variables with which the environment's programs are found, its browsers too."""
    path = os.environ.get("PATH", os.defpath)
    return {
        "PATH": f"{environment / 'bin'}{os.pathsep}{path}",
        "VIRTUAL_ENV": str(environment),
        **provide(environment),
    }


def _lock(name: str, wanted: Dependencies, python: str, folder: Path, progress: Progress) -> Path:
    """The file with the version and the hashes of every package, resolved when it is not there:
    whatever is released later, the same dependency file gives the same environment."""
    listed = "".join(f"{package}\n" for package in wanted.packages)
    lock = folder / f"{_key(python, listed)}.lock"
    with _locked(lock):
        if not lock.exists():
            progress(f"locking the environment of {name}")
            asked, overrides = lock.with_suffix(".in"), folder / "overrides.txt"
            asked.write_text(listed)
            overrides.write_text(OVERRIDES)
            fresh = lock.with_suffix(".new")
            uv(
                *("pip", "compile", "--no-header", "--generate-hashes", "--python", python),
                *("--override", str(overrides), "--output-file", str(fresh), str(asked)),
            )
            fresh.replace(lock)
    return lock


def _build(target: Path, python: str, lock: Path, wanted: Dependencies) -> None:
    shutil.rmtree(target, ignore_errors=True)
    uv("venv", "--python", python, "--seed", str(target))
    install = ("pip", "install", "--no-deps", "--python", str(target), "-r", str(lock))
    try:
        uv(*install, "--offline")  # whatever the network is like, when all is in uv's cache
    except RobotError:
        uv(*install)
    env = {**os.environ, **programs(target)}
    for command in wanted.post_install:
        program = shutil.which(command[0], path=env["PATH"])
        if program is None:
            raise RobotError(f"post-install: '{command[0]}' is not found.")
        run([program, *command[1:]], f"post-install '{' '.join(command)}'", env)


def _interpreter(wanted: str) -> str:
    """The wanted X.Y when it is on this machine, else the agent's own."""
    return shutil.which(f"python{wanted}") or sys.executable


def _key(*parts: str) -> str:
    text = "\0".join((VERSION, OVERRIDES, *parts))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Two runs that need the same thing make it once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_suffix(".busy").open("w") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        yield
