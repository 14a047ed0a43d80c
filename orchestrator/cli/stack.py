"""The programs that `deskhand up` starts, watches and stops, with their logs and pid files."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from orchestrator.kernel.errors import Unavailable

STOP_SECONDS = 20.0
RESTART_WINDOW, MAX_RESTARTS = 60.0, 8


class Program:
    """One background process, its output in `<folder>/<name>.log`.

    The pid file lets a later start stop what a killed predecessor left behind.
    """

    def __init__(
        self, name: str, argv: Sequence[str], folder: Path, env: Mapping[str, str]
    ) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        self._argv, self._env = list(argv), {**os.environ, **env}
        self._pid_file = folder / f"{name}.pid"
        self._process: subprocess.Popen[bytes] | None = None
        self._restarts: list[float] = []

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        stop_leftover(self._pid_file)
        with self.log.open("ab") as log:
            # Its own session: Ctrl-C reaches `up`, which stops its programs in order.
            self._process = subprocess.Popen(
                self._argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._env,
                start_new_session=True,
            )
        self._pid_file.write_text(f"{self._process.pid} {_started(self._process.pid)}")

    def keep_up(self) -> None:
        """Start it again when it has ended; `Unavailable`, with the end of its log, when it
        keeps ending."""
        if self._process is None or self._process.poll() is None:
            return
        self._restarts = [t for t in self._restarts if t > time.monotonic() - RESTART_WINDOW]
        if len(self._restarts) >= MAX_RESTARTS:
            raise self.failure()
        self._restarts.append(time.monotonic())
        self.start()

    def failure(self) -> Unavailable:
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        return Unavailable(f"The {self.name} keeps failing. The end of {self.log}:\n{tail}")

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def wait(self) -> None:
        """Until it has ended by itself; raises `Unavailable` when it failed."""
        if self._process is not None and self._process.wait() != 0:
            raise self.failure()
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._pid_file.unlink(missing_ok=True)
        self._process = None


def stop_leftover(pid_file: Path) -> None:
    """Stop the process that `pid_file` names, if it is still the very same process."""
    try:
        pid, started = pid_file.read_text().split()
    except (FileNotFoundError, ValueError):
        return
    if _started(int(pid)) == started:
        os.kill(int(pid), signal.SIGTERM)
        _wait_gone(int(pid))
    pid_file.unlink(missing_ok=True)


def _wait_gone(pid: int) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        if not _started(pid):
            return
        time.sleep(0.1)
    os.killpg(pid, signal.SIGKILL)


def _started(pid: int) -> str:
    """When `pid` was started, in kernel ticks: pids are used again, this pair is not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


def free_port(preferred: int) -> int:
    """`preferred` when nobody listens there, else one that is free."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Unavailable("No free TCP port on 127.0.0.1.")
