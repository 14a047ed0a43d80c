"""Dependency files of rcc as uv gets them."""

from pathlib import Path

import pytest

from agent.dependencies import Dependencies, read
from agent.robot_yaml import RobotError


def test_conda_files_become_requirements(tmp_path: Path) -> None:
    file = tmp_path / "conda.yaml"
    file.write_text(
        "channels: [conda-forge]\ndependencies:\n- python=3.10.12\n- pip=23\n- tesseract=5\n"
        "- pandas=2.1.0\n- pip: [robocorp==3.0.0]\n"
    )
    assert read(file) == Dependencies("3.10", ("pandas==2.1.0", "robocorp==3.0.0"))


def test_ranges_channels_and_builds_of_conda(tmp_path: Path) -> None:
    file = tmp_path / "conda.yaml"
    file.write_text(
        "dependencies: ['python>=3.10', 'pandas>=2,<3', 'conda-forge::lxml=5.3', 'n=1.2=py_0']"
    )
    assert read(file) == Dependencies("3.10", ("pandas>=2,<3", "lxml==5.3", "n==1.2"))


def test_package_files_become_requirements(tmp_path: Path) -> None:
    file = tmp_path / "package.yaml"
    file.write_text(
        "dependencies:\n  conda-forge: [python=3.11.9, uv=0.4]\n  pypi: [robocorp=3.0.0, x>=2]\n"
    )
    assert read(file) == Dependencies("3.11", ("robocorp==3.0.0", "x>=2"))


def test_commands_for_the_finished_environment(tmp_path: Path) -> None:
    conda, package = tmp_path / "conda.yaml", tmp_path / "package.yaml"
    conda.write_text("dependencies: []\nrccPostInstall: [\"python -c 'print(1)'\"]")
    package.write_text("dependencies: {pypi: [x]}\npost-install: [playwright install chromium]")
    assert read(conda).post_install == (("python", "-c", "print(1)"),)
    assert read(package).post_install == (("playwright", "install", "chromium"),)


@pytest.mark.parametrize(
    "text", ["[1]", "dependencies: 3", ": :", "dependencies: ['=1']", 'rccPostInstall: ["\'"]']
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "conda.yaml"
    file.write_text(text)
    with pytest.raises(RobotError):
        read(file)
