"""Runs uv and what an environment's file asks to be run, each with a time limit."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from agent.robot_yaml import RobotError

SECONDS = 900.0
SHOWN = 2000  # characters of what it said last


def uv(*arguments: str) -> None:
    """Raises RobotError with uv's own words."""
    program = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}")
    program = program or shutil.which("uv")
    if program is None:
        raise RobotError("uv is not installed beside the agent.")
    run([program, "--no-progress", *arguments], "uv " + " ".join(arguments[:2]), os.environ)


def run(argv: Sequence[str], name: str, env: Mapping[str, str], seconds: float = SECONDS) -> None:
    """Raises RobotError when it fails, or is not done in time: then its children end too."""
    with subprocess.Popen(
        argv,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise RobotError(f"{name} was not done after {seconds:.0f} s.") from error
    if process.returncode:
        raise RobotError(f"{name} failed: {said.strip()[-SHOWN:]}")
