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
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> Any:
    before, _, _ = context.operation.path.partition("/{key}")
    if path_parameters and "key" in path_parameters and before in KEYS and random.random() < 0.5:
        return {**path_parameters, "key": KEYS[before]}
    return path_parameters


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Nobody waits for what may never come."""
    if isinstance(body, dict) and "awaitCompletion" in body:
        return {**body, "awaitCompletion": False}
    if isinstance(body, dict) and context.operation.path.endswith("/activation"):
        return {**body, "requestTimeout": -1}
    return body
