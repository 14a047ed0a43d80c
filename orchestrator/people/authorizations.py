"""What custom roles allow."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.people import custom_roles, grants
from orchestrator.people.changing import one_at_a_time
from orchestrator.store import keyed
from orchestrator.store.tables import Authorization
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Grant:
    """`role_id` may do what `permission_types` name with all things of the kind."""

    role_id: str
    resource_type: str
    permission_types: list[str]


def all_of(unit: Unit) -> Sequence[Authorization]:
    """Oldest first."""
    query = select(Authorization).where(Authorization.tenant_id == unit.tenant_id)
    return unit.session.exec(query.order_by(col(Authorization.key))).all()


def create(unit: Unit, grant: Grant) -> Authorization:
    """Raises NotFound, Conflict (role.fixed), NotSupported as `grants.check`."""
    one_at_a_time(unit)
    key = unit.keys.next()
    row = Authorization(
        key=key, tenant_id=unit.tenant_id, created_at=unit.now, **_checked(unit, grant)
    )
    return _record(unit, row, "created", grant)


def change(unit: Unit, key: int, grant: Grant) -> Authorization:
    """Put another in its place. Raises NotFound, and as `create`."""
    one_at_a_time(unit)
    row = _lock(unit, key)
    for name, value in _checked(unit, grant).items():
        setattr(row, name, value)
    return _record(unit, row, "changed", grant)


def delete(unit: Unit, key: int) -> None:
    """Raises NotFound."""
    one_at_a_time(unit)
    row = _lock(unit, key)
    unit.session.delete(row)
    facts = {"role": row.role_id, "resource_type": row.resource_type}
    append(unit, f"authorization/{key}", "authorization.deleted", facts)


def _checked(unit: Unit, grant: Grant) -> dict[str, Any]:
    grants.check(grant.resource_type, grant.permission_types)
    custom_roles.get(unit, grant.role_id)
    return asdict(grant)


def _lock(unit: Unit, key: int) -> Authorization:
    return keyed.lock(unit, Authorization, key, f"There is no authorization {key}.")


def _record(unit: Unit, row: Authorization, what: str, grant: Grant) -> Authorization:
    unit.session.add(row)
    append(unit, f"authorization/{row.key}", f"authorization.{what}", asdict(grant))
    return row
