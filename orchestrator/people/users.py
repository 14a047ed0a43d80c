"""Users of a tenant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, InvalidInput, NotFound
from orchestrator.people.passwords import hashed
from orchestrator.people.roles import Role
from orchestrator.store.tables import User
from orchestrator.store.unit import Unit

_USERNAME = re.compile(r"[\w.@+-]{1,64}")
_FIRST = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.first_user'))")


@dataclass(frozen=True, slots=True)
class NewUser:
    username: str
    password: str
    roles: Sequence[str]
    display_name: str = ""
    language: str = "en"


def create(unit: Unit, new: NewUser) -> User:
    """Raises `Conflict` (user.exists) when the name is taken, `InvalidInput` for a bad name,
    password or role."""
    _check(new)
    values = {
        "key": unit.keys.next(),
        "tenant_id": unit.tenant_id,
        "username": new.username,
        "display_name": new.display_name or new.username,
        "password_hash": hashed(new.password),
        "roles": list(dict.fromkeys(new.roles)),
        "language": new.language,
        "active": True,
        "created_at": unit.now,
    }
    statement = insert(User).values(values).on_conflict_do_nothing().returning(User)
    user = unit.session.scalars(statement).one_or_none()
    if user is None:
        raise Conflict(f"there is a user {new.username!r} already", code="user.exists")
    append(
        unit, f"user/{user.key}", "user.created", {"username": user.username, "roles": user.roles}
    )
    return user


def create_first(unit: Unit, new: NewUser) -> User | None:
    """Make this user when the tenant has none; None when it has. Replicas that start together
    make one between them."""
    unit.session.connection().execute(_FIRST)
    anyone = unit.session.exec(select(User.key).where(User.tenant_id == unit.tenant_id)).first()
    return create(unit, new) if anyone is None else None


def get(unit: Unit, key: int) -> User:
    """Raises `NotFound`."""
    user = unit.session.exec(
        select(User).where(User.tenant_id == unit.tenant_id, User.key == key)
    ).one_or_none()
    if user is None:
        raise NotFound(f"there is no user {key}")
    return user


def find(unit: Unit, username: str) -> User | None:
    """The active user of that name."""
    query = select(User).where(
        User.tenant_id == unit.tenant_id, User.username == username, User.active
    )
    return unit.session.exec(query).one_or_none()


def _check(new: NewUser) -> None:
    if not _USERNAME.fullmatch(new.username):
        raise InvalidInput("a user name has 1 to 64 letters, digits or . @ + - _")
    unknown = sorted(set(new.roles) - set(Role))
    if unknown or not new.roles:
        raise InvalidInput(f"roles are some of {[r.value for r in Role]}, not {list(new.roles)}")
