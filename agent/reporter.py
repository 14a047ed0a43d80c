"""What a run prints and leaves behind, sent to the server: logs in batches, files at the end."""

import contextlib
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from agent.client import Client, Refused, ServerAway
from agent.masking import Mask
from agent.wire import LogLine

log = structlog.get_logger(__name__)
EVERY_SECONDS = 1.0
KEPT_LINES, BATCH = 100_000, 1000
LARGEST = 20 * 2**20
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ERROR = re.compile(r"[\w.]*(?:Error|Exception): .+")


class RunLog:
    """Collects lines and sends them once a second; never blocks the bot. While the server is
    away the newest lines are kept."""

    def __init__(self, client: Client, run_key: str, mask: Mask) -> None:
        self._client, self._run_key, self._mask = client, run_key, mask
        self.error = ""
        """The last line that names an error, as a traceback ends."""
        self._lines: deque[LogLine] = deque(maxlen=KEPT_LINES)
        self._dropped = 0
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._send_often, daemon=True)
        self._thread.start()

    def line(self, stream: str, text: str) -> str:
        """The text as it is sent: without colours and secrets."""
        text = self._mask.text(_COLOUR.sub("", text))
        if _ERROR.fullmatch(text):
            self.error = text
        entry = LogLine(time=datetime.now(UTC), stream=stream, text=text)
        with self._lock:
            self._dropped += len(self._lines) == KEPT_LINES
            self._lines.append(entry)
        return text

    def close(self) -> None:
        """Send what is left, with some patience."""
        self._over.set()
        self._thread.join()
        for _ in range(3):
            if self._send():
                return
            time.sleep(1)

    def _send_often(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            self._send()

    def _send(self) -> bool:
        """Everything there is, in batches; False when the server is away."""
        while lines := self._take():
            try:
                self._client.logs(self._run_key, lines)
            except ServerAway:
                self._put_back(lines)
                return False
            except Refused as error:
                log.warning(
                    "logs refused", action="logs_refused", run=self._run_key, error=str(error)
                )
        return True

    def _take(self) -> list[LogLine]:
        with self._lock:
            lines = [self._lines.popleft() for _ in range(min(BATCH, len(self._lines)))]
            dropped, self._dropped = self._dropped, 0
        if dropped:
            text = f"{dropped} older lines are left out."
            lines.insert(0, lines[0].model_copy(update={"stream": "agent", "text": text}))
        return lines

    def _put_back(self, lines: Sequence[LogLine]) -> None:
        with self._lock:
            room = KEPT_LINES - len(self._lines)
            self._dropped += max(len(lines) - room, 0)
            self._lines.extendleft(reversed(lines[len(lines) - min(room, len(lines)) :]))


@contextlib.contextmanager
def transcript(out: RunLog, folder: Path) -> Iterator[Callable[[str, str], None]]:
    """Takes lines for the log, and keeps them in stdout.log and stderr.log of the folder."""
    with contextlib.ExitStack() as stack:
        files = {
            name: stack.enter_context((folder / f"{name}.log").open("a", encoding="utf-8"))
            for name in ("stdout", "stderr")
        }

        def line(stream: str, text: str) -> None:
            files[stream].write(out.line(stream, text) + "\n")

        yield line


def upload(client: Client, run_key: str, folder: Path, mask: Mask) -> None:
    """Every file the run left in its artifacts folder, without secrets. One that cannot be sent is
    only logged: the outcome matters more."""
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        try:
            if 0 < file.stat().st_size <= LARGEST:
                client.artifact(run_key, file.name, mask.data(file.read_bytes()))
        except (ServerAway, Refused, OSError) as error:
            log.warning(
                "artifact not sent", action="artifact_failed", file=file.name, error=str(error)
            )
