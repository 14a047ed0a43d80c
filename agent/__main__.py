"""python -m agent run | prepare | exec"""

import logging
import os
import platform
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import structlog
import typer

from agent import environment, robot_yaml
from agent.client import Client, Refused, ServerAway
from agent.service import Agent
from agent.settings import Settings, bot_env, default_name

log = structlog.get_logger(__name__)
app = typer.Typer(no_args_is_help=True, help="Runs bots on this machine.")
Bots = Annotated[Path, typer.Option(envvar="DESKHAND_BOTS_DIR", exists=True, file_okay=False)]
Data = Annotated[Path, typer.Option(envvar="DESKHAND_AGENT_DATA")]


@app.command()
def run(
    server: Annotated[str, typer.Option(envvar="DESKHAND_SERVER")],
    bots: Bots,
    data: Data,
    name: Annotated[str, typer.Option(envvar="DESKHAND_AGENT_NAME")] = "",
    slots: Annotated[int, typer.Option(envvar="DESKHAND_AGENT_SLOTS", min=1)] = 2,
    enrollment_token: Annotated[str, typer.Option(envvar="DESKHAND_ENROLLMENT_TOKEN")] = "",
) -> None:
    """Enrol if need be, then claim and run work until stopped. SIGTERM drains; twice stops."""
    settings = Settings(
        server, bots.resolve(), data.resolve(), name or default_name(), slots,
        enrollment_token, bot_env(),
    )  # fmt: skip
    robots, faults = _robots(settings.bots)
    if not robots:
        raise typer.BadParameter(f"No bot below {settings.bots} can be run.", param_hint="--bots")
    agent = Agent(settings, Client(server, _token(settings)), robots, faults)
    _drain_on_signals(agent)
    agent.run()


@app.command()
def prepare(bots: Bots, data: Data) -> None:
    """Build the environments of all bots. One that fails is told, and tried again when it runs."""
    for robot in _robots(bots.resolve())[0].values():
        try:
            environment.prepare(robot, data.resolve() / "environments", typer.echo)
            typer.echo(f"{robot.name} is ready")
        except robot_yaml.RobotError as error:
            log.error("not prepared", action="prepare_failed", bot=robot.name, error=str(error))


@app.command("exec", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def execute(context: typer.Context, bot: Path, data: Data) -> None:
    """Run `python ARGS...` in the environment and the folder of BOT."""
    robot = robot_yaml.load(bot.resolve())
    venv = environment.prepare(robot, data.resolve() / "environments", lambda line: None)
    python = str(venv / "bin" / "python") if venv else sys.executable
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONSAFEPATH")}
    raise typer.Exit(subprocess.call([python, *context.args], cwd=robot.folder, env=env))


def _robots(bots: Path) -> tuple[dict[str, robot_yaml.Robot], list[robot_yaml.RobotError]]:
    """A robot that cannot be read is left out, with what is wrong: the others can still work."""
    robots, faults = robot_yaml.find(bots)
    for fault in faults:
        log.error("robot left out", action="robot_left_out", error=str(fault))
    return robots, faults


def _token(settings: Settings) -> str:
    """The kept token; a new one when there is none, or a new enrolment token is given."""
    mark = settings.data / "enrolled-with"
    settings.data.mkdir(parents=True, exist_ok=True)
    fresh = settings.enrollment_token
    if settings.token_file.exists() and fresh in ("", mark.read_text() if mark.exists() else ""):
        return settings.token_file.read_text()
    if not fresh:
        raise typer.BadParameter("This agent is not enrolled; give --enrollment-token.")
    try:
        token = Client(settings.server, "").enroll(fresh, settings.name, platform.node())
    except (Refused, ServerAway) as error:
        typer.echo(f"Enrolment failed: {error}", err=True)
        raise typer.Exit(2) from error
    for file, text in ((settings.token_file, token), (mark, fresh)):
        file.touch(mode=0o600)
        file.write_text(text)
    return token


def _drain_on_signals(agent: Agent) -> None:
    asked: list[int] = []

    def handle(sign: int, _frame: FrameType | None) -> None:
        asked.append(sign)
        # In a thread: the one interrupted here may hold a lock that this takes.
        threading.Thread(target=agent.stop if len(asked) > 1 else agent.drain).start()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)


if __name__ == "__main__":
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    app()
