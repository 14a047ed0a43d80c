"""Who may what is changed one change at a time: so no two take both last administrators, and none
assigns what another deletes."""

import re
from typing import Any

from sqlalchemy import text

from orchestrator.kernel.errors import InvalidInput
from orchestrator.store.tables import CustomRole, Group, Tenant
from orchestrator.store.unit import Unit

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.admins'))")
_NAME = re.compile(r"[\w.@+-]{1,64}")


def one_at_a_time(unit: Unit) -> None:
    """Until the transaction ends no other changes who may what."""
    unit.session.connection().execute(_LOCK)


def rename(row: CustomRole | Group | Tenant, name: str, description: str | None) -> dict[str, Any]:
    """Give it another name and description; what the record says of that."""
    before = {"name": row.name, "description": row.description}
    row.name, row.description = name, description
    return {"before": before, "after": {"name": name, "description": description}}


def check_name(name: str, what: str) -> None:
    """Raises InvalidInput."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"{what} has 1 to 64 letters, digits or . @ + - _")
