"""Browser sessions."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.people import secret_tokens
from orchestrator.store.tables import Session, User
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with its token, which is given once."""

    session: Session
    token: str


def open(unit: Unit, user: User, life: timedelta) -> Opened:
    """Begin a session of the user; their expired ones are swept away."""
    unit.session.connection().execute(
        delete(Session).where(col(Session.user_key) == user.key, col(Session.expires_at) < unit.now)
    )
    token = secret_tokens.new()
    session = Session(
        token_digest=secret_tokens.digest(token),
        tenant_id=user.tenant_id,
        user_key=user.key,
        csrf_token=secret_tokens.new(),
        created_at=unit.now,
        expires_at=unit.now + life,
    )
    unit.session.add(session)
    append(unit, f"user/{user.key}", "user.logged_in", {})
    return Opened(session, token)


def find(unit: Unit, token: str) -> tuple[Session, User] | None:
    """The live session of this token with its active user, of whatever tenant."""
    query = (
        select(Session, User)
        .join(User, col(User.key) == Session.user_key)
        .where(Session.token_digest == secret_tokens.digest(token), Session.expires_at > unit.now)
        .where(User.active)
    )
    return unit.session.exec(query).one_or_none()


def close(unit: Unit, session: Session) -> None:
    """End the session at once."""
    unit.session.connection().execute(
        delete(Session).where(col(Session.token_digest) == session.token_digest)
    )
    append(unit, f"user/{session.user_key}", "user.logged_out", {})
