"""A virtual desktop for one run: its own Xvfb, with a cookie, and a window manager."""

import contextlib
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from agent.process import MARKER
from agent.robot_yaml import RobotError

SCREEN = "1280x1024x24"
START_SECONDS = 10.0


@contextlib.contextmanager
def desktop(folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which programs find the desktop. Raises RobotError without Xvfb."""
    if shutil.which("Xvfb") is None:
        raise RobotError("This bot needs a desktop, but Xvfb is not installed.")
    with contextlib.ExitStack() as stack:
        authority = folder / "Xauthority"
        run_key = f"{folder}-desktop"
        number = _start_server(stack, run_key, authority)
        env = {
            "DISPLAY": f":{number}",
            "XAUTHORITY": str(authority),
            "XDG_SESSION_TYPE": "x11",
            "XDG_RUNTIME_DIR": str(folder),
        }
        if shutil.which("openbox"):
            _program(stack, run_key, ["openbox"], env)
        yield env


def screenshot(env: Mapping[str, str], file: Path) -> bool:
    """A picture of the desktop; False when it could not be taken."""
    if "DISPLAY" not in env or shutil.which("scrot") is None:
        return False
    argv = ["scrot", "--overwrite", str(file)]
    try:
        done = subprocess.run(
            argv, env={**os.environ, **env}, capture_output=True, timeout=START_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _start_server(stack: contextlib.ExitStack, run_key: str, authority: Path) -> str:
    """Xvfb chooses a free display number itself and writes it to the pipe."""
    _write_cookie(authority)
    reader, writer = os.pipe()
    argv = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN]
    argv += ["-nolisten", "tcp", "-noreset", "-auth", str(authority)]
    _program(stack, run_key, argv, {}, pass_fds=(writer,))
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise RobotError("Xvfb did not start.")
    return number


def _write_cookie(authority: Path) -> None:
    """One entry for every display (FamilyWild): the number is not known yet. See Xau(3)."""

    def counted(part: bytes) -> bytes:
        return len(part).to_bytes(2, "big") + part

    cookie = counted(b"") + counted(b"") + counted(b"MIT-MAGIC-COOKIE-1")
    authority.touch(mode=0o600)
    authority.write_bytes(b"\xff\xff" + cookie + counted(secrets.token_bytes(16)))


def _program(
    stack: contextlib.ExitStack,
    run_key: str,
    argv: list[str],
    env: dict[str, str],
    pass_fds: tuple[int, ...] = (),
) -> None:
    process = subprocess.Popen(
        argv,
        env={**os.environ, **env, MARKER: run_key},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=pass_fds,
    )
    stack.callback(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
