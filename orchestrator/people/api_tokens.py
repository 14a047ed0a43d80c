"""Tokens with which programs act as a user."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, SQLColumnExpression, delete, or_
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.people import secret_tokens
from orchestrator.store import sql
from orchestrator.store.tables import ApiToken, User
from orchestrator.store.unit import Unit

PREFIX = "dh_"
SHORT_LIFE = timedelta(hours=1)
_CHILD = "of token {}"


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; its text is given once."""

    row: ApiToken
    token: str


def issue(unit: Unit, user: User, name: str, expires_at: datetime | None) -> Issued:
    """Make a token of the user. Raises `InvalidInput` when it would have expired already."""
    if expires_at is not None and expires_at <= unit.now:
        raise InvalidInput("the token would have expired already")
    token = PREFIX + secret_tokens.new()
    row = ApiToken(
        key=unit.keys.next(),
        tenant_id=user.tenant_id,
        user_key=user.key,
        name=name,
        token_digest=secret_tokens.digest(token),
        created_at=unit.now,
        expires_at=expires_at,
    )
    unit.session.add(row)
    append(unit, f"user/{user.key}", "api_token.issued", {"token": row.key, "name": name})
    return Issued(row, token)


def find(unit: Unit, token: str) -> User | None:
    """The active user a live token speaks for, of whatever tenant. By a statement, since every
    request of a program asks; no session tracks the object."""
    row = sql.execute(unit, "user_of_token", digest=secret_tokens.digest(token)).fetchone()
    return None if row is None else User(**row._asdict())


def client(unit: Unit, client_id: str) -> str:
    """The user name that a client id is. Raises NotFound for a user without an API token, too."""
    query = select(User.username).where(
        User.tenant_id == unit.tenant_id,
        User.username == client_id,
        has_one(unit, col(User.key)),
    )
    found = unit.session.exec(query).one_or_none()
    if found is None:
        raise NotFound(f"There is no client {client_id!r}: no user of that name has an API token.")
    return found


def has_one(unit: Unit, user_key: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether the user has a live API token."""
    live = or_(col(ApiToken.expires_at).is_(None), col(ApiToken.expires_at) > unit.now)
    token = select(ApiToken.key).where(
        col(ApiToken.user_key) == user_key, col(ApiToken.revoked_at).is_(None), live
    )
    return token.exists()


def exchange(unit: Unit, user: User, token: str) -> tuple[str, int]:
    """A short-lived token for a live one of the user, and its life in seconds. Those made before
    that have expired are forgotten."""
    digest = secret_tokens.digest(token)
    parent = unit.session.exec(select(ApiToken).where(ApiToken.token_digest == digest)).one()
    name = _CHILD.format(parent.key)
    gone = delete(ApiToken).where(col(ApiToken.name) == name, col(ApiToken.expires_at) <= unit.now)
    unit.session.connection().execute(gone)
    ends = unit.now + SHORT_LIFE
    ends = min(ends, parent.expires_at) if parent.expires_at else ends
    return issue(unit, user, name, ends).token, int((ends - unit.now).total_seconds())


def revoke(unit: Unit, user: User, key: int) -> None:
    """End one of the user's own tokens, and those made of it. Raises `NotFound`."""
    row = unit.session.exec(
        select(ApiToken).where(ApiToken.user_key == user.key, ApiToken.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound(f"you have no API token {key}")
    row.revoked_at = row.revoked_at or unit.now
    made_of_it = delete(ApiToken).where(col(ApiToken.name) == _CHILD.format(key))
    unit.session.connection().execute(made_of_it)
    unit.session.add(row)
    append(unit, f"user/{user.key}", "api_token.revoked", {"token": key})
