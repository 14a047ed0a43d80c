"""One run, from claim to finish."""

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import structlog

from agent import desktop, environment, reporter, workspace
from agent.client import Client, Refused, ServerAway
from agent.masking import Mask
from agent.process import BotProcess, Ending, Limits
from agent.robot_yaml import Robot, RobotError
from agent.settings import Settings
from agent.wire import ClaimedItem

log = structlog.get_logger(__name__)


class Worker:
    """Runs one claimed item's bot. `stop` may be called from another thread."""

    def __init__(
        self, settings: Settings, client: Client, robot: Robot, claimed: ClaimedItem
    ) -> None:
        self._settings, self._client = settings, client
        self._robot, self._claimed = robot, claimed
        self._task = claimed.queue.partition(".")[2]
        self._folder = settings.runs / claimed.run_key
        self._root = self._folder / "bot"
        self._given = settings.passed_on() | claimed.environment
        self._mask = Mask(self._given)
        self._process: BotProcess | None = None
        self._stop_reason = ""

    @property
    def run_key(self) -> str:
        return self._claimed.run_key

    def stop(self, reason: str) -> None:
        self._stop_reason = reason
        if self._process is not None:
            self._process.stop(reason)

    def run(self) -> None:
        """Never raises: whatever goes wrong is reported as the run's outcome."""
        out = reporter.RunLog(self._client, self.run_key, self._mask)
        try:
            ending = self._perform(out)
        except RobotError as error:
            ending = Ending("ENVIRONMENT_FAILED", None, str(error))
        except Exception as error:
            log.exception("run failed", action="run_failed", run=self.run_key)
            ending = Ending("ENVIRONMENT_FAILED", None, f"The agent failed: {error}")
        if ending.message:
            out.line("agent", ending.message)
        out.close()
        self._report(ending)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _perform(self, out: reporter.RunLog) -> Ending:
        command = self._robot.command(self._task)
        venv = environment.prepare(
            self._robot, self._settings.data / "environments", lambda s: out.line("agent", s)
        )
        root = self._root
        workspace.copy(self._robot, root)
        with self._screen() as screen:
            env = workspace.variables(self._robot, root, venv, self._given) | screen
            for script in self._robot.pre_run:
                before = self._execute(script, root, env, out)
                if before.outcome != "EXITED" or before.exit_code:
                    return before
            return self._execute(command, root, env, out)

    def _screen(self) -> contextlib.AbstractContextManager[dict[str, str]]:
        if self._task not in self._robot.desktop:
            return contextlib.nullcontext({})
        return desktop.desktop(str(self._folder))

    def _execute(
        self, argv: tuple[str, ...], root: Path, env: Mapping[str, str], out: reporter.RunLog
    ) -> Ending:
        program = shutil.which(argv[0], path=env["PATH"])
        if program is None:
            raise RobotError(f"'{argv[0]}' is not found in the environment of {self._robot.name}.")
        self._process = BotProcess(str(self._folder), [program, *argv[1:]], root, env)
        if self._stop_reason:
            self._process.stop(self._stop_reason)
        limits = Limits(self._robot.timeout(self._task), self._robot.memory_mb(self._task))
        artifacts = root / self._robot.artifacts
        with reporter.transcript(out, artifacts) as line:
            ending = self._process.wait(
                limits, line, lambda: desktop.screenshot(env, artifacts / "desktop.png")
            )
        if ending.outcome == "EXITED" and ending.exit_code and out.error:
            return replace(ending, message=f"{ending.message} {out.error}")
        return ending

    def _report(self, ending: Ending) -> None:
        if ending.outcome != "LOST":
            artifacts = self._root / self._robot.artifacts
            reporter.upload(self._client, self.run_key, artifacts, self._mask)
        try:
            if ending.outcome != "LOST":
                self._client.finish(self.run_key, ending.outcome, ending.exit_code, ending.message)
        except (Refused, ServerAway) as error:
            # The lease has ended meanwhile: the server has settled the item without us.
            log.warning(
                "finish refused", action="finish_failed", run=self.run_key, error=str(error)
            )
