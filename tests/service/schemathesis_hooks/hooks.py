"""What schemathesis asks about: half of the time something that exists.

`DESKHAND_KEYS` is JSON: the part of a path before a key -> the key of such a thing.
"""

import json
import os
import random
from typing import Any

import schemathesis

KEYS: dict[str, str] = json.loads(os.environ["DESKHAND_KEYS"])


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    before, _, _ = case.operation.path.partition("/{key}")
    if before in KEYS and case.path_parameters and random.random() < 0.5:
        case.path_parameters["key"] = KEYS[before]
    if isinstance(case.body, dict):
        wait_for_nothing(case)


def wait_for_nothing(case: Any) -> None:
    """Nobody waits for what may never come."""
    if "awaitCompletion" in case.body:
        case.body = {**case.body, "awaitCompletion": False}
    if case.operation.path.endswith("/activation"):
        case.body = {**case.body, "requestTimeout": -1}
