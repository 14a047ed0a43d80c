"""Where screenshots go: the run's artifacts folder, which the agent uploads."""

import os
import re
from pathlib import Path


def screenshot_path(label: str) -> Path:
    """A file for a screenshot, named after the label made safe for a file name."""
    folder = Path(os.environ.get("ROBOT_ARTIFACTS") or "output")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{re.sub(r'[^0-9A-Za-z._-]+', '_', label)[:80]}.png"
