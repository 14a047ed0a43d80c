"""robot.yaml as rcc reads it, and dependency files as uv gets them."""

from pathlib import Path

import pytest

from agent.environment import requirements
from agent.robot_yaml import RobotError, find, load, queues

BOTS = Path(__file__).resolve().parents[3] / "bots"


def robot(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "robot.yaml").write_text(text)
    return folder


def test_the_three_kinds_of_task(tmp_path: Path) -> None:
    folder = robot(
        tmp_path,
        "artifactsDir: out\ntasks:\n"
        "  Shell: {shell: 'python -m robocorp.tasks run \"my tasks.py\"'}\n"
        "  List: {command: [python, -c, 'print(1)']}\n"
        "  Robot: {robotTaskName: Do It}\n",
    )
    found = load(folder)
    assert found.command("Shell")[-1] == "my tasks.py"
    assert found.command("list") == ("python", "-c", "print(1)")
    assert found.command("Robot")[:3] == ("python", "-m", "robot")
    with pytest.raises(RobotError, match="no task 'other'"):
        found.command("other")


@pytest.mark.parametrize(
    "text",
    ["tasks: {}", "artifactsDir: x", "tasks: {a: {}}\nartifactsDir: x", ": :", "[]"],
)
def test_a_robot_that_cannot_run_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RobotError):
        load(robot(tmp_path, text))


def test_the_first_environment_that_fits_this_platform(tmp_path: Path) -> None:
    names = ("environment_windows_amd64_freeze.yaml", "environment_linux_amd64_freeze.yaml")
    for name in (*names, "conda.yaml"):
        (tmp_path / name).write_text("dependencies: []")
    listed = ", ".join((*names, "conda.yaml"))
    text = f"tasks: {{a: {{shell: x}}}}\nartifactsDir: o\nenvironmentConfigs: [{listed}]"
    assert load(robot(tmp_path, text)).environment == tmp_path / names[1]


def test_conda_files_become_requirements(tmp_path: Path) -> None:
    file = tmp_path / "conda.yaml"
    file.write_text(
        "channels: [conda-forge]\ndependencies:\n- python=3.10.12\n- pip=23\n- tesseract=5\n"
        "- pandas=2.1.0\n- pip: [robocorp==3.0.0]\n"
    )
    assert requirements(file) == ("3.10", ["pandas==2.1.0", "robocorp==3.0.0"])


def test_ranges_channels_and_builds_of_conda(tmp_path: Path) -> None:
    file = tmp_path / "conda.yaml"
    file.write_text(
        "dependencies: ['python>=3.10', 'pandas>=2,<3', 'conda-forge::lxml=5.3', 'n=1.2=py_0']"
    )
    assert requirements(file) == ("3.10", ["pandas>=2,<3", "lxml==5.3", "n==1.2"])


def test_package_files_become_requirements(tmp_path: Path) -> None:
    file = tmp_path / "package.yaml"
    file.write_text(
        "dependencies:\n  conda-forge: [python=3.11.9, uv=0.4]\n  pypi: [robocorp=3.0.0, x>=2]\n"
    )
    assert requirements(file) == ("3.11", ["robocorp==3.0.0", "x>=2"])


def test_our_own_bots_serve_the_queues_of_the_flow() -> None:
    served = queues(find(BOTS))
    assert {"invoice_entry.read", "data_validation.check", "legacy_ui.enter"} <= set(served)
