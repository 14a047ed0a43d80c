"""A virtual desktop for one run: its own Xvfb, with a cookie, session bus and window manager."""

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from agent.process import MARKER, end_tree
from agent.robot_yaml import RobotError

SCREEN = "1280x1024x24"
PICTURE_SECONDS = 10.0
ACCESSIBILITY = "/usr/libexec/at-spi-bus-launcher"


@contextlib.contextmanager
def desktop(run_key: str) -> Iterator[dict[str, str]]:
    """The environment in which programs find the desktop. Raises RobotError without Xvfb."""
    if shutil.which("Xvfb") is None:
        raise RobotError("This bot needs a desktop, but Xvfb is not installed.")
    with contextlib.ExitStack() as stack:
        # A short path of its own: sockets are put there, and the names of those are limited.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskhand-")))
        programs = Programs(f"{run_key}-desktop")
        stack.callback(programs.end)
        env = {
            "XAUTHORITY": str(folder / "Xauthority"),
            "XDG_SESSION_TYPE": "x11",
            "XDG_RUNTIME_DIR": str(folder),
        }
        _write_cookie(folder / "Xauthority")
        env["DISPLAY"] = f":{_x_server(programs, env)}"
        if shutil.which("dbus-daemon"):
            env |= _session_bus(programs, env)
        if shutil.which("openbox"):
            programs.start(["openbox"], env)
        yield env


def screenshot(env: Mapping[str, str], file: Path) -> bool:
    """A picture of the desktop; False when it could not be taken."""
    if "DISPLAY" not in env or shutil.which("scrot") is None:
        return False
    argv = ["scrot", "--overwrite", str(file)]
    try:
        done = subprocess.run(
            argv, env={**os.environ, **env}, capture_output=True, timeout=PICTURE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _x_server(programs: "Programs", env: Mapping[str, str]) -> str:
    """Xvfb chooses a free display number itself and tells it."""
    argv = ["Xvfb", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    argv += ["-auth", env["XAUTHORITY"]]
    return programs.start_telling(lambda pipe: [*argv, "-displayfd", str(pipe)], env)


def _session_bus(programs: "Programs", env: Mapping[str, str]) -> dict[str, str]:
    """A private session bus, and accessibility on it, so that bots reach a window's elements."""
    argv = ["dbus-daemon", "--session", "--nofork", "--nopidfile"]
    address = programs.start_telling(lambda pipe: [*argv, f"--print-address={pipe}"], env)
    bus = {"DBUS_SESSION_BUS_ADDRESS": address}
    if not os.access(ACCESSIBILITY, os.X_OK):
        return bus
    programs.start([ACCESSIBILITY, "--launch-immediately"], {**env, **bus})
    return {
        **bus,
        "GTK_MODULES": "gail:atk-bridge",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NO_AT_BRIDGE": "0",
    }


def _write_cookie(authority: Path) -> None:
    """One entry for every display (FamilyWild): the number is not known yet. See Xau(3)."""

    def counted(part: bytes) -> bytes:
        return len(part).to_bytes(2, "big") + part

    cookie = counted(b"") + counted(b"") + counted(b"MIT-MAGIC-COOKIE-1")
    authority.touch(mode=0o600)
    authority.write_bytes(b"\xff\xff" + cookie + counted(secrets.token_bytes(16)))


class Programs:
    """What a desktop consists of."""

    def __init__(self, run_key: str) -> None:
        self._run_key = run_key
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, argv: Sequence[str], env: Mapping[str, str], *pipes: int) -> None:
        process = subprocess.Popen(
            argv,
            env={**os.environ, **env, MARKER: self._run_key},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=pipes,
        )
        self._processes.append(process)

    def start_telling(self, argv: Callable[[int], Sequence[str]], env: Mapping[str, str]) -> str:
        """The first line that it writes to the pipe it is given: then it is ready.

        Raises RobotError.
        """
        reader, writer = os.pipe()
        self.start(argv(writer), env, writer)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            told = pipe.readline().strip()
        if not told:
            raise RobotError(f"{argv(writer)[0]} did not start.")
        return told

    def end(self) -> None:
        end_tree(self._run_key)
        for process in self._processes:
            process.wait()
