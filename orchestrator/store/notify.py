"""Hearing what other transactions, here or in another replica, have committed."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import structlog

from orchestrator.store.database import Database
from orchestrator.store.ending import CHANNEL

RESET = "reset"
PAUSE = 0.5  # seconds between tries to connect
KEPT = 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of this topic with this key changed in the tenant. The topic RESET, of no
    tenant, comes after a lost connection: others may have been missed, look for yourself."""

    tenant: str
    topic: str
    key: str


LOOK = Notice("", RESET, "")


class Watch:
    """The notices that one waiting thread is interested in."""

    def __init__(self) -> None:
        self._notices: queue.Queue[Notice] = queue.Queue(KEPT)

    def offer(self, notice: Notice) -> None:
        # When it is full its thread has enough to wake up for.
        if not self._notices.full():
            self._notices.put(notice)

    def wait(self, timeout: float) -> Notice | None:
        """The next notice, or None after `timeout` seconds."""
        try:
            return self._notices.get(timeout=max(timeout, 0))
        except queue.Empty:
            return None

    def wake(self) -> None:
        """Let the thread look for itself."""
        self.offer(LOOK)

    def clear(self) -> None:
        """Forget the notices so far: whoever looks now sees what they were about."""
        while self.wait(0) is not None:
            pass


class Listener:
    """One LISTEN connection in a thread of its own, for any number of waiting threads. It
    survives a restart of the database. A notice is a hint to look, never the thing itself."""

    def __init__(self, database: Database) -> None:
        self._url = database.url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._callbacks: list[Callable[[Notice], None]] = []
        self._changing = threading.Lock()
        self._stopping, self._listening = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Begin; returns once notices are heard or after a few seconds without a database."""
        self._thread.start()
        self._listening.wait(5)

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._thread.join()

    @contextmanager
    def subscribe(self, callback: Callable[[Notice], None]) -> Iterator[None]:
        """Call `callback` in the listener's thread for every notice; it must be quick."""
        with self._changing:
            self._callbacks = [*self._callbacks, callback]
        try:
            yield
        finally:
            with self._changing:
                self._callbacks = [c for c in self._callbacks if c is not callback]

    @contextmanager
    def watch(self, matches: Callable[[Notice], bool]) -> Iterator[Watch]:
        """Notices that match, and every RESET. Begin to watch, then look, then wait: so nothing
        that is committed in between is missed."""
        watch = Watch()

        def offer(notice: Notice) -> None:
            if notice.topic == RESET or matches(notice):
                watch.offer(notice)

        with self.subscribe(offer):
            yield watch

    def wait(self, matches: Callable[[Notice], bool], timeout: float) -> Notice | None:
        """The next notice that matches, from now on."""
        with self.watch(matches) as watch:
            return watch.wait(timeout)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                log.warning("listening interrupted", action="listen_retry", error=str(error))
                self._stopping.wait(PAUSE)

    def _listen(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        if self._listening.is_set():
            self._tell(LOOK)
        self._listening.set()
        while not self._stopping.is_set():
            for notify in connection.notifies(timeout=PAUSE):
                self._tell(Notice(**json.loads(notify.payload)))

    def _tell(self, notice: Notice) -> None:
        for callback in self._callbacks:
            try:
                callback(notice)
            except Exception:
                log.exception("a subscriber failed", action="listen_callback")
