"""robot.yaml as rcc reads it."""

import re
from pathlib import Path

import pytest

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


OUT = "artifactsDir: out\ntasks: "


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("python -m robot -v 'NAME:Jane Doe' .", ["-v", "NAME:Jane Doe", "."]),
        (r'python x.py "say \"hi\"" it\'s', ['say "hi"', "it's"]),
        ("python x.py '' $HOME && a|b", ["", "$HOME", "&&", "a|b"]),
        ("python x.py 'a\n  b'", ["a b"]),  # folded by YAML
    ],
)
def test_shell_lines_are_split_as_a_shell_does_and_no_further(
    tmp_path: Path, line: str, words: list[str]
) -> None:
    text = "\n".join(f"      {part.strip()}" for part in line.splitlines())
    folder = robot(tmp_path, f"{OUT}\n  a:\n    shell: >-\n{text}\n")
    assert list(load(folder).command("a")[-len(words) :]) == words


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tasks: {}\nartifactsDir: x", "tasks"),
        ("tasks: {a: {shell: x}}", "artifactsDir"),
        (OUT + "{a: {}}", "exactly one of"),
        (OUT + "{a: {shell: x, command: [y]}}", "exactly one of"),
        (OUT + '{a: {shell: "python \'x"}}', "No closing quotation"),
        (OUT + "[a, b]", "tasks"),
        (OUT + "{a: {shell: x}}\nPATH: {a: b}", "PATH"),
        (OUT + "{a: {shell: x}}\ndeskhand: {timeoutSeconds: {a: -1}}", "timeoutSeconds.a"),
        ("artifactsDir: ../..\ntasks: {a: {shell: x}}", "outside the robot's folder"),
        (": :", "cannot be read"),
        ("[]", "file"),
        ("", "file"),
    ],
)
def test_a_robot_that_cannot_run_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(RobotError, match=re.escape(fault)) as refused:
        load(robot(tmp_path, text))
    assert str(tmp_path / "robot.yaml") in str(refused.value)


def test_one_bad_robot_is_left_out_and_the_others_are_found(tmp_path: Path) -> None:
    robot(tmp_path / "good", OUT + "{a: {shell: x}}")
    robot(tmp_path / "bad", OUT + "{a: {}}")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "robot.yaml").write_bytes(b"tasks: {\xfc: {shell: x}}")
    robots, faults = find(tmp_path)
    assert queues(robots) == ["good.a"]
    assert [(fault.code, fault.values["file"]) for fault in faults] == [
        ("robot.command", str(tmp_path / "bad" / "robot.yaml")),
        ("robot.unreadable", str(tmp_path / "latin" / "robot.yaml")),
    ]


def test_keys_without_a_value_and_unknown_keys(tmp_path: Path) -> None:
    text = OUT + "{1: {shell: x}}\nPATH:\nPYTHONPATH:\ndeskhand:\nunknown: {a: b}"
    found = load(robot(tmp_path, text))
    assert (found.command("1"), found.path) == (("x",), ())


def test_the_first_environment_that_fits_this_platform(tmp_path: Path) -> None:
    names = ("environment_windows_amd64_freeze.yaml", "environment_linux_amd64_freeze.yaml")
    for name in (*names, "conda.yaml"):
        (tmp_path / name).write_text("dependencies: []")
    listed = ", ".join((*names, "conda.yaml"))
    text = f"tasks: {{a: {{shell: x}}}}\nartifactsDir: o\nenvironmentConfigs: [{listed}]"
    assert load(robot(tmp_path, text)).environment == tmp_path / names[1]


def test_our_own_bots_serve_the_queues_of_the_flow() -> None:
    served = queues(find(BOTS)[0])
    assert {"invoice_entry.read", "data_validation.check", "legacy_ui.enter"} <= set(served)
