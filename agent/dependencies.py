"""conda.yaml and package.yaml, as rcc reads them, in the words of PyPI."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from agent.robot_yaml import RobotError, split

# Not from PyPI: what conda files list that the system or uv itself provides
SYSTEM = {"python", "pip", "uv", "nodejs", "tesseract", "poppler", "ghostscript", "git"}
DEFAULT_PYTHON = "3.11"
_CONDA = re.compile(r"(?:[\w.-]+::)?(?P<name>[\w.-]+)\s*(?P<operator>[<>=!~]*)\s*(?P<version>.*)")


@dataclass(frozen=True, slots=True)
class Dependencies:
    """`python` is X.Y; `post_install` are argument lists, run in the finished environment."""

    python: str
    packages: tuple[str, ...]
    post_install: tuple[tuple[str, ...], ...] = ()


def read(file: Path) -> Dependencies:
    """Raises RobotError."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        found = data.get("dependencies") or ()
        conda, pypi = _package(found) if isinstance(found, dict) else _parts(found)
        commands = data.get("rccPostInstall") or data.get("post-install") or ()
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise RobotError(f"{file} cannot be read: {error}") from error
    entries = [_conda(entry) for entry in conda]
    pythons = [version for name, _, version in entries if name == "python"]
    wanted = re.match(r"\d+\.\d+", pythons[-1]) if pythons else None
    return Dependencies(
        python=wanted[0] if wanted else DEFAULT_PYTHON,
        packages=(*("".join(e) for e in entries if e[0] not in SYSTEM), *pypi),
        post_install=tuple(split(str(line), f"{file.name}: post-install") for line in commands),
    )


def _parts(found: Iterable[Any]) -> tuple[list[str], list[str]]:
    """The conda and the pip entries of a conda.yaml."""
    conda, pip = list[str](), list[str]()
    for entry in found:
        if isinstance(entry, dict):
            pip += [str(requirement) for requirement in entry.get("pip") or ()]
        else:
            conda.append(str(entry))
    return conda, pip


def _package(found: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Those of a package.yaml, where one `=` is conda's for PyPI too."""
    conda = [str(entry) for entry in found.get("conda-forge") or ()]
    pypi = (str(entry) for entry in found.get("pypi") or ())
    return conda, [re.sub(r"(?<![=<>!~])=(?!=)", "==", entry) for entry in pypi]


def _conda(entry: str) -> tuple[str, str, str]:
    """Name, operator and version, as PyPI writes them."""
    found = _CONDA.fullmatch(entry.strip())
    if found is None:
        raise RobotError(f"The dependency '{entry}' cannot be read.")
    name, operator, version = found["name"], found["operator"], found["version"]
    if operator in ("=", "=="):  # what may follow is conda's build
        operator, version = "==", version.partition("=")[0]
    return name, operator, version
