"""A bot's whole process tree is watched, limited and ended."""

import sys
import threading
from pathlib import Path

from agent.process import BotProcess, Ending, Limits, end_strays, members

GRANDCHILD = (
    "import subprocess,sys,time;"
    "subprocess.Popen([sys.executable,'-c','import time;time.sleep(60)'],start_new_session=True);"
)


def run(
    tmp_path: Path, code: str, *, key: str, seconds: float = 30, memory_mb: int = 2000
) -> tuple[Ending, list[tuple[str, str]], set[int]]:
    lines: list[tuple[str, str]] = []
    process = BotProcess(key, [sys.executable, "-c", code], tmp_path, {"PATH": "/usr/bin"})
    ending = process.wait(Limits(seconds, memory_mb), lambda s, t: lines.append((s, t)))
    return ending, lines, members(key)


def test_what_it_prints_and_how_it_exits(tmp_path: Path) -> None:
    code = "import sys; print('héllo'); print('oh', file=sys.stderr); sys.exit(3)"
    ending, lines, left = run(tmp_path, code, key="t-exit")
    assert (ending.outcome, ending.exit_code) == ("EXITED", 3)
    assert sorted(lines) == [("stderr", "oh"), ("stdout", "héllo")]
    assert not left


def test_one_that_runs_too_long_ends_with_all_its_children(tmp_path: Path) -> None:
    code = GRANDCHILD + "time.sleep(60)"
    ending, _, left = run(tmp_path, code, seconds=1.5, key="t-time")
    assert ending.outcome == "TIMEOUT"
    assert not left


def test_one_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    code = "import time; x = bytearray(200_000_000); time.sleep(60)"
    ending, _, _ = run(tmp_path, code, memory_mb=100, key="t-memory")
    assert ending.outcome == "MEMORY"


def test_a_child_that_outlives_the_bot_is_ended(tmp_path: Path) -> None:
    ending, _, left = run(tmp_path, GRANDCHILD, key="t-child")
    assert ending.exit_code == 0
    assert not left


def test_stopping_from_another_thread(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "import time; time.sleep(60)"]
    process = BotProcess("t-stop", argv, tmp_path, {"PATH": "/usr/bin"})
    threading.Timer(0.5, process.stop, args=["CANCELLED"]).start()
    assert process.wait(Limits(30, 2000), lambda s, t: None).outcome == "CANCELLED"


def test_what_a_killed_agent_left_is_ended(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "import time; time.sleep(60)"]
    ours, theirs = f"{tmp_path}/ours/runs/1", f"{tmp_path}/theirs/runs/1"
    processes = [BotProcess(key, argv, tmp_path, {"PATH": "/usr/bin"}) for key in (ours, theirs)]
    end_strays(f"{tmp_path}/ours/runs/")
    assert not members(ours)
    assert members(theirs), "another agent's run is left alone"
    processes[1].stop("CANCELLED")
    for process in processes:
        process.wait(Limits(5, 2000), lambda s, t: None)


def test_children_that_hide_their_environment_belong_to_the_tree(tmp_path: Path) -> None:
    code = (
        "import subprocess,sys,time;subprocess.Popen(['/usr/bin/env','-i',sys.executable,'-c',"
        "'import time;x=bytearray(200_000_000);time.sleep(60)'],start_new_session=True);"
        "time.sleep(60)"
    )
    ending, _, left = run(tmp_path, code, memory_mb=100, key="t-hidden")
    assert ending.outcome == "MEMORY"
    assert not left


def test_a_failed_run_can_be_looked_at_before_it_is_ended(tmp_path: Path) -> None:
    code = GRANDCHILD + "sys.exit(1)"
    process = BotProcess("t-look", [sys.executable, "-c", code], tmp_path, {"PATH": "/usr/bin"})
    seen: list[set[int]] = []
    process.wait(Limits(5, 2000), lambda s, t: None, lambda: seen.append(members("t-look")))
    assert seen[0]
    assert not members("t-look")
