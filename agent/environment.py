"""A bot's environment: built by uv from its own dependency file, once per content."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from agent.robot_yaml import Robot, RobotError

# Not from PyPI: what conda files list that the system or uv itself provides
SYSTEM = {"python", "pip", "uv", "nodejs", "tesseract", "poppler", "ghostscript", "git"}
# python3-xlib and python-xlib write the same files; one of them wins at random.
OVERRIDES = "python3-xlib ; sys_platform == 'never'\n"
DEFAULT_PYTHON = "3.11"
VERSION = "1"  # part of the key: raise it when environments are built in another way
_CONDA = re.compile(r"(?:[\w.-]+::)?(?P<name>[\w.-]+)\s*(?P<operator>[<>=!~]*)\s*(?P<version>.*)")
Progress = Callable[[str], object]


def prepare(robot: Robot, folder: Path, progress: Progress = lambda line: None) -> Path | None:
    """The environment's folder, built when it is not there; None for a robot without one.

    Raises RobotError with uv's own words.
    """
    if robot.environment is None:
        return None
    content = robot.environment.read_bytes()
    key = hashlib.sha256(VERSION.encode() + OVERRIDES.encode() + content).hexdigest()[:16]
    target = folder / key
    with _locked(folder, key):
        if not (target / ".ready").exists():
            progress(f"building the environment of {robot.name}")
            _build(target, *requirements(robot.environment))
            (target / ".ready").touch()
    return target


def requirements(file: Path) -> tuple[str, list[str]]:
    """The Python version (X.Y) and the PyPI requirements of a conda.yaml or package.yaml."""
    try:
        data = yaml.safe_load(file.read_text()) or {}
    except yaml.YAMLError as error:
        raise RobotError(f"{file} cannot be read: {error}") from error
    found = data.get("dependencies") or []
    if isinstance(found, dict):
        return _package(found)
    python, packages = DEFAULT_PYTHON, list[str]()
    for entry in found:
        if isinstance(entry, dict):
            packages += [str(r) for r in entry.get("pip") or ()]
        else:
            python, packages = _conda(str(entry), python, packages)
    return python, packages


def _package(dependencies: dict[str, Any]) -> tuple[str, list[str]]:
    python, packages = DEFAULT_PYTHON, list[str]()
    for entry in dependencies.get("conda-forge") or ():
        python, packages = _conda(str(entry), python, packages)
    for entry in dependencies.get("pypi") or ():
        packages.append(re.sub(r"(?<![=<>!~])=(?!=)", "==", str(entry)))
    return python, packages


def _conda(entry: str, python: str, packages: list[str]) -> tuple[str, list[str]]:
    found = _CONDA.fullmatch(entry.strip())
    if found is None:
        raise RobotError(f"The dependency '{entry}' cannot be read.")
    name, operator, version = found["name"], found["operator"], found["version"]
    if name == "python":
        wanted = re.match(r"\d+\.\d+", version)
        return wanted[0] if wanted else python, packages
    if name in SYSTEM:
        return python, packages
    if operator in ("=", "=="):  # what may follow is conda's build
        operator, version = "==", version.partition("=")[0]
    return python, [*packages, f"{name}{operator}{version}"]


def _build(target: Path, python: str, packages: list[str]) -> None:
    shutil.rmtree(target, ignore_errors=True)
    _uv("venv", "--python", _interpreter(python), "--seed", str(target))
    overrides = target / "overrides.txt"
    overrides.write_text(OVERRIDES)
    listed = target / "requirements.txt"
    listed.write_text("\n".join(packages) + "\n")
    interpreter = str(target / "bin" / "python")
    _uv("pip", "install", "--python", interpreter, "--override", str(overrides), "-r", str(listed))


def _interpreter(wanted: str) -> str:
    """The wanted X.Y when it is on this machine, else the agent's own."""
    return shutil.which(f"python{wanted}") or sys.executable


def _uv(*arguments: str) -> None:
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        raise RobotError("uv is not installed beside the agent.")
    done = subprocess.run([uv, "--no-progress", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise RobotError(f"uv {arguments[0]} failed: {done.stderr.strip()[-2000:]}")


@contextmanager
def _locked(folder: Path, key: str) -> Iterator[None]:
    """Two runs that need the same environment build it once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
