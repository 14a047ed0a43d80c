"""The agent at work: claims for its free slots, keeps leases alive, drains on a signal."""

import os
import shutil
import threading
from collections.abc import Mapping, Sequence

import structlog

from agent.client import Client, Refused, ServerAway
from agent.process import end_strays
from agent.robot_yaml import Robot, RobotError, queues
from agent.settings import LEASE_SECONDS, Settings
from agent.worker import Worker

log = structlog.get_logger(__name__)
BEAT_SECONDS = LEASE_SECONDS / 6
PAUSE = 1.0


class Agent:
    def __init__(
        self,
        settings: Settings,
        client: Client,
        robots: Mapping[str, Robot],
        problems: Sequence[RobotError] = (),
    ) -> None:
        """`problems`: what the server is told is wrong here, such as bots that are left out."""
        self._settings, self._client, self._robots = settings, client, robots
        self._queues, self._problems = queues(robots), problems
        self._workers: dict[str, Worker] = {}
        self._lock, self._free = threading.Lock(), threading.Condition()
        self._draining, self._over = threading.Event(), threading.Event()
        self._tell = threading.Event()

    def drain(self) -> None:
        """Claim no more; end when the running work has. Telling the server at once ends a claim
        that waits there."""
        self._draining.set()
        self._tell.set()

    def stop(self) -> None:
        """Stop the running work too; it is handed back untried."""
        self.drain()
        for worker in self._running():
            worker.stop("AGENT_STOPPED")

    def run(self) -> None:
        """Until drained."""
        end_strays(f"{self._settings.runs}{os.sep}")
        shutil.rmtree(self._settings.runs, ignore_errors=True)
        # Before the first claim: the server may still take this agent to be draining.
        pause = self._beat()
        heart = threading.Thread(target=self._beat_often, args=(pause,), daemon=True)
        heart.start()
        while not self._draining.is_set():
            free = self._settings.slots - len(self._running())
            if free > 0:
                self._claim(free)
            else:
                with self._free:
                    self._free.wait(PAUSE)
        while self._running():
            with self._free:
                self._free.wait(PAUSE)
        self._over.set()
        self._tell.set()
        heart.join()

    def _claim(self, maximum: int) -> None:
        try:
            claimed = self._client.claim(self._queues, maximum, LEASE_SECONDS)
        except (ServerAway, Refused) as error:
            log.warning("no claim", action="claim_failed", error=str(error))
            self._draining.wait(PAUSE)
            return
        for item in claimed:
            robot = self._robots[item.queue.partition(".")[0]]
            worker = Worker(self._settings, self._client, robot, item)
            with self._lock:
                self._workers[worker.run_key] = worker
            threading.Thread(target=self._work, args=(worker,), name=item.run_key).start()

    def _work(self, worker: Worker) -> None:
        log.info("run begins", action="run_begin", run=worker.run_key)
        try:
            worker.run()
        finally:
            with self._lock:
                del self._workers[worker.run_key]
            with self._free:
                self._free.notify_all()
        log.info("run ended", action="run_end", run=worker.run_key)

    def _running(self) -> list[Worker]:
        with self._lock:
            return list(self._workers.values())

    def _beat_often(self, pause: float) -> None:
        while not self._over.is_set():
            self._tell.wait(pause)
            self._tell.clear()
            pause = self._beat()

    def _beat(self) -> float:
        """One heartbeat; the seconds until the next."""
        workers = {w.run_key: w for w in self._running()}
        status = "DRAINING" if self._draining.is_set() else "ONLINE"
        try:
            answer = self._client.beat(status, self._queues, list(workers), self._problems)
        except (ServerAway, Refused) as error:
            log.warning("no heartbeat", action="heartbeat_failed", error=str(error))
            return PAUSE
        for keys, reason in ((answer.lost_runs, "LOST"), (answer.cancel_runs, "CANCELLED")):
            for key in keys:
                if key in workers:
                    workers[key].stop(reason)
        if answer.drain and not self._draining.is_set():
            self.drain()
        return BEAT_SECONDS
