"""One bot's process tree: started in a session of its own, watched, limited, ended as a whole."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MARKER = "DESKHAND_RUN"
LOOK_SECONDS = 0.5
GRACE_SECONDS = 5.0
Line = Callable[[str, str], None]  # stream, text


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Ending:
    """`outcome` is EXITED, TIMEOUT, MEMORY or the reason it was stopped for."""

    outcome: str
    exit_code: int | None
    message: str = ""


class BotProcess:
    """Every process of the tree carries the run's key in its environment, so that even one that
    left the group is found and ended."""

    def __init__(
        self, run_key: str, argv: Sequence[str], folder: Path, env: Mapping[str, str]
    ) -> None:
        self._run_key = run_key
        self._stopped = ""
        self._process = subprocess.Popen(
            argv,
            cwd=folder,
            env={**env, MARKER: run_key},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            encoding="utf-8",
            errors="replace",
        )

    def stop(self, reason: str) -> None:
        """End it soon; `wait` then tells the reason."""
        self._stopped = self._stopped or reason

    def wait(
        self, limits: Limits, line: Line, on_failure: Callable[[], object] = lambda: None
    ) -> Ending:
        """Until the tree has ended, passing on what it prints. `on_failure` sees what is left of
        the tree (its windows, say) before it is ended."""
        readers = [
            threading.Thread(target=_read, args=(stream, name, line), daemon=True)
            for stream, name in ((self._process.stdout, "stdout"), (self._process.stderr, "stderr"))
        ]
        for reader in readers:
            reader.start()
        outcome, message = self._watch(limits)
        if outcome != "EXITED" or self._process.returncode:
            on_failure()
        end_tree(self._run_key, self._process.pid)
        self._process.wait()
        for reader in readers:
            reader.join(GRACE_SECONDS)
        code = self._process.returncode if outcome == "EXITED" else None
        return Ending(outcome, code, message)

    def _watch(self, limits: Limits) -> tuple[str, str]:
        deadline = time.monotonic() + limits.seconds
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(LOOK_SECONDS)
                return "EXITED", "" if code == 0 else f"The bot ended with exit code {code}."
            if self._stopped:
                return self._stopped, "The run was stopped."
            if time.monotonic() > deadline:
                return "TIMEOUT", f"The bot ran longer than {limits.seconds:.0f} s."
            used = memory_mb(self._run_key)
            if used > limits.memory_mb:
                return "MEMORY", f"The bot used {used} MB; {limits.memory_mb} MB are allowed."


def end_tree(run_key: str, group: int | None = None) -> None:
    """Terminate, then kill, all processes of the run."""
    found = members(run_key)
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if group is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, sign)
        # Those whose parent has ended are no longer found as its children.
        found |= members(run_key)
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        deadline = time.monotonic() + GRACE_SECONDS
        while (found := _alive(found)) and time.monotonic() < deadline:
            time.sleep(0.05)
        if not found and not members(run_key):
            return


def members(run_key: str) -> set[int]:
    """The live processes that carry the run's key, and their children: Chromium's write their
    titles over their environment."""
    mark = f"{MARKER}={run_key}".encode()
    processes = _processes()
    found = {pid for pid, _, environ in processes if mark in environ.split(b"\0")}
    while children := {pid for pid, parent, _ in processes if parent in found} - found:
        found |= children
    return found


def end_strays(prefix: str) -> None:
    """End what runs of a killed agent left, whose keys begin with `prefix`: called before the
    first claim. Another agent's runs on this machine are not ours to end."""
    mark = f"{MARKER}={prefix}".encode()
    keys = {
        entry.removeprefix(f"{MARKER}=".encode()).decode()
        for _, _, environ in _processes()
        for entry in environ.split(b"\0")
        if entry.startswith(mark)
    }
    for key in keys:
        end_tree(key)


def memory_mb(run_key: str) -> int:
    return sum(_share(pid) for pid in members(run_key)) // 2**20


def _processes() -> list[tuple[int, int, bytes]]:
    """Pid, parent and environment of every live process but our own."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                state, parent = _state(entry)
                if state != "Z":
                    found.append((int(entry.name), parent, (entry / "environ").read_bytes()))
    return found


def _alive(pids: set[int]) -> set[int]:
    alive = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            if _state(Path(f"/proc/{pid}"))[0] != "Z":
                alive.add(pid)
    return alive


def _state(entry: Path) -> tuple[str, int]:
    state, parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
    return state, int(parent)


def _share(pid: int) -> int:
    """The process's proportional share in bytes: pages that browsers share count once."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _read(stream: IO[str] | None, name: str, line: Line) -> None:
    assert stream is not None  # noqa: S101  both are pipes
    with stream:
        for text in stream:
            line(name, text.rstrip("\n"))
