"""`python -m orchestrator.api.openapi` prints the API's description, always the same bytes."""

import json
import sys
from typing import Any

from fastapi import FastAPI

from orchestrator.api.build import build


def description() -> dict[str, Any]:
    """Of the routes as they are; needs no database."""
    app: FastAPI = build()
    return app.openapi()


if __name__ == "__main__":
    text = json.dumps(description(), indent=1, sort_keys=True, ensure_ascii=False)
    sys.stdout.write(text + "\n")
