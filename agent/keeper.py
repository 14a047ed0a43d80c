"""python keeper.py PIPE PROGRAM ARGS...: stands between the agent and one bot.

Nothing the bot starts gets away from it: the kernel hands it whatever in the tree loses its parent
(PR_SET_CHILD_SUBREAPER, prctl(2)), whatever session, group or environment that has. It writes the
bot's exit code to PIPE, ends when nothing of the tree is left, and ends the tree when the agent
dies (PR_SET_PDEATHSIG). It runs without the agent's packages, so that it starts at once.
"""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
# Python ignores them, and what is ignored stays so in a program that is started.
IGNORED_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)


def main(pipe: int, argv: list[str]) -> None:
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    # The agent asks the bot itself to end; a handler, unlike SIG_IGN, is not passed on to it.
    signal.signal(signal.SIGTERM, lambda _sign, _frame: None)
    signal.signal(signal.SIGHUP, _end_all)
    prctl(PR_SET_PDEATHSIG, signal.SIGHUP)
    os.set_inheritable(pipe, False)
    try:
        bot = os.posix_spawn(argv[0], argv, os.environ, setsid=True, setsigdef=IGNORED_BY_PYTHON)
    except OSError as error:
        sys.exit(f"{argv[0]} cannot be started: {error.strerror}")
    with contextlib.suppress(ChildProcessError):  # none is left
        while True:
            pid, status = os.wait()
            if pid == bot:
                os.write(pipe, str(os.waitstatus_to_exitcode(status)).encode())
                os.close(pipe)


def _end_all(_sign: int, _frame: FrameType | None) -> None:
    """Kill children until none comes: those of a killed one become ours."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while pids := children.read_text().split():
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
