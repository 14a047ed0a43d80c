"""Who may what is changed one change at a time: so no two take both last administrators, and none
assigns what another deletes."""

import re
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import col, select

from orchestrator.kernel.errors import InvalidInput
from orchestrator.store.tables import CustomRole, Group, Tenant
from orchestrator.store.unit import Unit

Row = TypeVar("Row", CustomRole, Group, Tenant)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.admins'))")
_NAME = re.compile(r"[\w.@+-]{1,64}")


def one_at_a_time(unit: Unit) -> None:
    """Until the transaction ends no other changes who may what."""
    unit.session.connection().execute(_LOCK)


def find(unit: Unit, table: type[Row], id_column: Any, name: str) -> Row | None:
    """The role, group or tenant of that id."""
    query = select(table).where(col(table.tenant_id) == unit.tenant_id, id_column == name)
    return unit.session.exec(query).one_or_none()


def let_go(unit: Unit, name: str, *held: Any) -> None:
    """Take what is deleted off all who hold it; `held` are columns like `User.groups`."""
    for column in held:
        table: Any = column.class_
        holders = select(table).where(
            table.tenant_id == unit.tenant_id, col(column).contains([name])
        )
        for each in unit.session.exec(holders):
            setattr(each, column.key, [one for one in getattr(each, column.key) if one != name])


def rename(row: CustomRole | Group | Tenant, name: str, description: str | None) -> dict[str, Any]:
    """Give it another name and description; what the record says of that."""
    before = {"name": row.name, "description": row.description}
    row.name, row.description = name, description
    return {"before": before, "after": {"name": name, "description": description}}


def check_name(name: str, what: str) -> None:
    """Raises InvalidInput."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"{what} has 1 to 64 letters, digits or . @ + - _")
