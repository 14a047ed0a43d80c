"""What the server answers, in the shapes of openapi.json."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Claimed(Wire):
    work_item_key: str
    queue: str
    run_key: str
    run_token: str
    fencing_token: int
    lease_deadline: datetime
    attempt: int
    headers: dict[str, Any] | None = None
    environment: dict[str, str]


class Beat(Wire):
    drain: bool = False
    cancel_runs: list[str] = []
    lost_runs: list[str] = []
