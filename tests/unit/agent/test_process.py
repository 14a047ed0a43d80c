"""A bot's whole process tree is watched, limited and ended."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from agent.process import BotProcess, Ending, Limits, end_strays, members

ROOT = Path(__file__).resolve().parents[3]
GRANDCHILD = (
    "import subprocess,sys,time;"
    "subprocess.Popen([sys.executable,'-c','import time;time.sleep(60)'],start_new_session=True);"
)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


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


# Leaves the group, the session and the environment, and its parent ends before it.
ESCAPE = (
    "import subprocess,sys;subprocess.Popen(['/usr/bin/env','-i','/usr/bin/setsid',sys.executable,"
    "'-c','import os,time;print(os.getpid(),flush=True);time.sleep(60)']);"
)


def test_a_child_that_escapes_in_every_way_is_ended(tmp_path: Path) -> None:
    nested = f"import subprocess,sys,time;subprocess.run([sys.executable,'-c',{ESCAPE!r}]);"
    ending, lines, _ = run(tmp_path, nested + "time.sleep(1)", key="t-escape")
    assert ending.exit_code == 0
    assert not alive(int(lines[0][1]))


def test_the_tree_ends_when_the_agent_is_killed(tmp_path: Path) -> None:
    """Also what a later agent would not know by its environment."""
    bot = ESCAPE + "import time;time.sleep(60)"
    agent = (
        "import sys; from pathlib import Path; from agent.process import BotProcess, Limits;"
        f"bot = BotProcess('t-killed', [sys.executable, '-c', {bot!r}], Path('.'), {{}});"
        "bot.wait(Limits(60, 2000), lambda stream, line: print(line, flush=True))"
    )
    process = subprocess.Popen([sys.executable, "-c", agent], stdout=subprocess.PIPE, cwd=ROOT)
    with process:
        assert process.stdout
        child = int(process.stdout.readline())
        assert alive(child)
        process.kill()
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def test_a_program_that_does_not_start_says_so(tmp_path: Path) -> None:
    file = tmp_path / "broken"
    file.write_text("#!/no/such/interpreter")
    file.chmod(0o755)
    lines: list[str] = []
    process = BotProcess("t-broken", [str(file)], tmp_path, {})
    ending = process.wait(Limits(5, 2000), lambda s, t: lines.append(t))
    assert ending.exit_code == 1
    assert "cannot be started" in lines[0]


def test_a_failed_run_can_be_looked_at_before_it_is_ended(tmp_path: Path) -> None:
    code = GRANDCHILD + "sys.exit(1)"
    process = BotProcess("t-look", [sys.executable, "-c", code], tmp_path, {"PATH": "/usr/bin"})
    seen: list[set[int]] = []
    process.wait(Limits(5, 2000), lambda s, t: None, lambda: seen.append(members("t-look")))
    assert seen[0]
    assert not members("t-look")
