"""One bot's process tree: started in a session of its own, watched, limited, ended as a whole."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MARKER = "DESKHAND_RUN"
KEEPER = str(Path(__file__).with_name("keeper.py"))
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
    """A keeper holds the bot's tree together, so that no child gets away. The run's key in the
    environment finds what a killed agent, whose keepers were killed too, has left."""

    def __init__(
        self, run_key: str, argv: Sequence[str], folder: Path, env: Mapping[str, str]
    ) -> None:
        self._run_key = run_key
        self._stopped = ""
        self._ended, pipe = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", KEEPER, str(pipe), *argv],
                cwd=folder,
                env={**env, MARKER: run_key},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                pass_fds=(pipe,),
                encoding="utf-8",
                errors="replace",
            )
        finally:
            os.close(pipe)

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
        ending = self._watch(limits)
        if ending.exit_code != 0:
            on_failure()
        end_tree(self._run_key, self._process.pid)
        self._process.kill()
        self._process.wait()
        for reader in readers:
            reader.join(GRACE_SECONDS)
        return ending

    def _watch(self, limits: Limits) -> Ending:
        deadline = time.monotonic() + limits.seconds
        with open(self._ended, "rb") as pipe:
            while not select.select([pipe], [], [], LOOK_SECONDS)[0]:
                if self._stopped:
                    return Ending(self._stopped, None, "The run was stopped.")
                if time.monotonic() > deadline:
                    message = f"The bot ran longer than {limits.seconds:.0f} s."
                    return Ending("TIMEOUT", None, message)
                used = memory_mb(self._run_key)
                if used > limits.memory_mb:
                    message = f"The bot used {used} MB; {limits.memory_mb} MB are allowed."
                    return Ending("MEMORY", None, message)
            # Without a code its keeper was killed, or could not start it.
            code = int(pipe.read() or self._process.wait())
        return Ending("EXITED", code, f"The bot ended with exit code {code}." if code else "")


def end_tree(run_key: str, keeper: int | None = None) -> None:
    """Terminate, then kill, all processes of the run. The keeper ends by itself when it has no
    child left: were it killed first, the others would get away from it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + GRACE_SECONDS
        told = set[int]()
        while (found := members(run_key) - {keeper}) and time.monotonic() < deadline:
            for pid in found - told:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
            told |= found
            time.sleep(0.05)
        if not found:
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
