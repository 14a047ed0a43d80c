"""Users of a tenant."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete as sql_delete
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.people import custom_roles, standing, tasks
from orchestrator.people.changing import check_name, one_at_a_time
from orchestrator.people.passwords import hashed
from orchestrator.people.roles import Role
from orchestrator.store.tables import ApiToken, Session, User
from orchestrator.store.unit import Unit

_FIRST = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.first_user'))")


@dataclass(frozen=True, slots=True)
class NewUser:
    username: str
    password: str
    roles: Sequence[str] = ()
    display_name: str = ""
    language: str = "en"
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a user; None leaves it."""

    display_name: str | None = None
    email: str | None = None
    roles: Sequence[str] | None = None
    language: str | None = None
    active: bool | None = None
    password: str | None = None


def create(unit: Unit, new: NewUser) -> User:
    """Raises `Conflict` (user.exists) when the name is taken, `InvalidInput` for a bad name,
    password or role."""
    one_at_a_time(unit)
    check_name(new.username, "a user name")
    custom_roles.check(unit, new.roles)
    values = {
        "key": unit.keys.next(),
        "tenant_id": unit.tenant_id,
        "username": new.username,
        "display_name": new.display_name or new.username,
        "email": new.email,
        "password_hash": hashed(new.password),
        "roles": list(dict.fromkeys(new.roles)),
        "groups": [],
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


def get(unit: Unit, username: str) -> User:
    """Active or not. Raises `NotFound`."""
    return _one(unit, _named(unit, username), username)


def find(unit: Unit, username: str) -> User | None:
    """The active user of that name."""
    return unit.session.exec(_named(unit, username).where(User.active)).one_or_none()


def change(unit: Unit, username: str, new: Change) -> User:
    """A new password, or no longer being active, ends the user's sessions and tokens.

    Raises `NotFound`, `InvalidInput` for a bad password or role, `Conflict` (user.last_admin)
    when nobody would be left to manage users.
    """
    user = _lock(unit, username)
    custom_roles.check(unit, new.roles or ())
    after = {
        name: getattr(new, name)
        for name in ("display_name", "email", "roles", "language", "active")
        if getattr(new, name) is not None
    }
    before = {name: getattr(user, name) for name in after}
    for name, value in after.items():
        setattr(user, name, list(value) if name == "roles" else value)
    if new.password is not None:
        user.password_hash = hashed(new.password)
    if new.password is not None or not user.active:
        _sign_out(unit, user)
    unit.session.add(user)
    _check_an_admin_is_left(unit)
    facts = {"before": before, "after": after, "password": new.password is not None}
    append(unit, f"user/{user.key}", "user.changed", facts)
    return user


def grant(unit: Unit, username: str, role: str) -> User:
    """Raises `NotFound`, `Conflict` (role.assigned) when the user has the role."""
    roles = _lock(unit, username).roles
    custom_roles.existing(unit, role)
    if role in roles:
        raise Conflict(f"{username!r} has the role {role} already.", code="role.assigned")
    return change(unit, username, Change(roles=[*roles, role]))


def revoke(unit: Unit, username: str, role: str) -> User:
    """Raises `NotFound`, also when the user has not the role, `Conflict` (user.last_admin)."""
    roles = _lock(unit, username).roles
    if role not in roles:
        raise NotFound(f"{username!r} has not the role {role}.")
    return change(unit, username, Change(roles=[r for r in roles if r != role]))


def delete(unit: Unit, username: str) -> None:
    """The record keeps what they did; their open tasks go back to everyone they are for.

    Raises `NotFound`, `Conflict` (user.last_admin).
    """
    user = _lock(unit, username)
    _sign_out(unit, user)
    unit.session.delete(user)
    _check_an_admin_is_left(unit)
    for tenant_id in {user.tenant_id, *standing.of(unit, user).tenants}:
        tasks.unassign_all(unit.of_tenant(tenant_id), username)
    append(unit, f"user/{user.key}", "user.deleted", {"username": username})


def _named(unit: Unit, username: str) -> SelectOfScalar[User]:
    return select(User).where(User.tenant_id == unit.tenant_id, User.username == username)


def _lock(unit: Unit, username: str) -> User:
    """The user, whose standing nobody else changes meanwhile."""
    one_at_a_time(unit)
    return _one(unit, _named(unit, username).with_for_update(), username)


def _one(unit: Unit, query: SelectOfScalar[User], username: str) -> User:
    user = unit.session.exec(query).one_or_none()
    if user is None:
        raise NotFound(f"There is no user {username!r}.")
    return user


def _sign_out(unit: Unit, user: User) -> None:
    for table in (Session, ApiToken):
        gone = sql_delete(table).where(col(table.user_key) == user.key)
        unit.session.connection().execute(gone)


def _check_an_admin_is_left(unit: Unit) -> None:
    query = select(User.key).where(
        User.tenant_id == unit.tenant_id, User.active, col(User.roles).contains([Role.ADMIN])
    )
    if unit.session.exec(query).first() is None:
        text = "This is the last administrator; make another one first."
        raise Conflict(text, code="user.last_admin")
