"""Slowing down who guesses passwords, whichever server process they ask."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from orchestrator.kernel.errors import DeskhandError
from orchestrator.people.secret_tokens import digest
from orchestrator.store.sql import execute
from orchestrator.store.tables import LoginFailure
from orchestrator.store.unit import Unit

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)
FORGET_AFTER = timedelta(minutes=30)


class TooManyTries(DeskhandError):
    """Too many wrong passwords; `wait` says how long nobody is let in under this name."""

    code = "auth.too_many_tries"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"Too many wrong passwords; try again in {wait.total_seconds():.0f} s.")


def check(unit: Unit, who: str) -> bool:
    """Whether `who` has failed lately. After `FREE_TRIES` wrong passwords each further one
    doubles the wait; raises `TooManyTries` before it is over."""
    query = select(LoginFailure).where(LoginFailure.who == digest(who))
    known = unit.session.exec(query).one_or_none()
    if known is None or known.last + FORGET_AFTER < unit.now:
        return False
    over = known.last + wait_after(known.count)
    if over > unit.now:
        raise TooManyTries(over - unit.now)
    return True


def wait_after(failures: int) -> timedelta:
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(failures - FREE_TRIES, 20)), LONGEST_WAIT)


def failed(unit: Unit, who: str) -> None:
    """One wrong password more; what is forgotten is swept away."""
    execute(unit, "login_failed", who=digest(who), forgotten=unit.now - FORGET_AFTER)


def succeeded(unit: Unit, who: str) -> None:
    unit.session.connection().execute(
        delete(LoginFailure).where(col(LoginFailure.who) == digest(who))
    )
