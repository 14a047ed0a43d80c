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
            text=True,
            errors="replace",
        )

    def stop(self, reason: str) -> None:
        """End it soon; `wait` then tells the reason."""
        self._stopped = self._stopped or reason

    def wait(self, limits: Limits, line: Line) -> Ending:
        """Until the tree has ended, passing on what it prints."""
        readers = [
            threading.Thread(target=_read, args=(stream, name, line), daemon=True)
            for stream, name in ((self._process.stdout, "stdout"), (self._process.stderr, "stderr"))
        ]
        for reader in readers:
            reader.start()
        outcome, message = self._watch(limits)
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
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if group is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, sign)
        for pid in members(run_key):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        deadline = time.monotonic() + GRACE_SECONDS
        while members(run_key) and time.monotonic() < deadline:
            time.sleep(0.05)
        if not members(run_key):
            return


def members(run_key: str) -> list[int]:
    """The live processes that carry the run's key."""
    mark = f"{MARKER}={run_key}".encode()
    return [pid for pid, environ in _environments() if mark in environ.split(b"\0")]


def end_strays() -> None:
    """End what runs of a killed agent left: called before the first claim."""
    keys = {
        entry.removeprefix(f"{MARKER}=".encode()).decode()
        for _, environ in _environments()
        for entry in environ.split(b"\0")
        if entry.startswith(f"{MARKER}=".encode())
    }
    for key in keys:
        end_tree(key)


def memory_mb(run_key: str) -> int:
    return sum(_share(pid) for pid in members(run_key)) // 2**20


def _environments() -> list[tuple[int, bytes]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if not _is_zombie(entry):
                    found.append((int(entry.name), (entry / "environ").read_bytes()))
    return found


def _is_zombie(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"


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
