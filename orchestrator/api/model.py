"""What every request and response model shares: camelCase, keys as strings, times in UTC."""

from typing import Annotated, Any, ClassVar

from fastapi import Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel
from sqlalchemy import ColumnElement, true

from orchestrator.kernel.keys import MAX_KEY
from orchestrator.store.tables.columns import DEFAULT_TENANT

Key = Annotated[
    int,
    Field(ge=0, le=MAX_KEY),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,19}$"}),
]
"""A key: a 63-bit integer here, a string in JSON, whose readers may hold only 53 bits."""

Instant = AwareDatetime
Json = JsonValue
JsonObject = dict[str, Any]


class Xml(Response):
    """A file as it was deployed."""

    media_type = "text/xml"


class Model(BaseModel):
    """Base of all: camelCase in JSON, and rows can be validated as they are."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, from_attributes=True, extra="ignore"
    )


class Filter(Model):
    """What a search may ask for. An unknown name is refused, lest it filter nothing unseen."""

    model_config = ConfigDict(extra="forbid")
    TOGETHER: ClassVar[frozenset[str]] = frozenset()
    """The fields that `together` makes one condition of; the others compare with a column each."""

    @model_validator(mode="before")
    @classmethod
    def _default_tenant(cls, wanted: Any) -> Any:
        """Under Camunda's name for it."""
        if isinstance(wanted, dict) and wanted.get("tenantId") == "<default>":
            return {**wanted, "tenantId": DEFAULT_TENANT}
        return wanted

    def together(self) -> ColumnElement[bool]:
        return true()


class RobocorpError(Model):
    code: str
    message: str


class RobocorpProblem(Model):
    """What Robocorp's clients read of an error."""

    status: int
    error: RobocorpError


class Problem(Model):
    """RFC 9457 problem details; `code` is stable, clients may branch on it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    """The path that was asked."""
    code: str
    errors: list[JsonObject] | None = None
