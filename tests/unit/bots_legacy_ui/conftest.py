import sys
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parents[3] / "bots" / "legacy_ui"


@pytest.fixture(autouse=True)
def _bot_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's folder is where its tasks find their package."""
    monkeypatch.setattr(sys, "path", [str(BOT), *sys.path])
