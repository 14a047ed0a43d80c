"""Settings of one agent: `DESKHAND_*` variables, or options of the command."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

LEASE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """`bot_env` names the variables that bots get from the agent's own environment."""

    server: str
    bots: Path
    data: Path
    name: str
    slots: int = 2
    enrollment_token: str = ""
    bot_env: tuple[str, ...] = ()

    @property
    def token_file(self) -> Path:
        return self.data / "agent-token"

    @property
    def runs(self) -> Path:
        return self.data / "runs"

    def passed_on(self) -> dict[str, str]:
        return {name: os.environ[name] for name in self.bot_env if name in os.environ}


def bot_env() -> tuple[str, ...]:
    names = os.environ.get("DESKHAND_BOT_ENV", "").split(",")
    return tuple(name.strip() for name in names if name.strip())


def default_name() -> str:
    return socket.gethostname()
