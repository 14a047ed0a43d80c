"""Who may what is changed one change at a time: so no two take both last administrators, and none
assigns what another deletes."""

import re

from sqlalchemy import text

from orchestrator.kernel.errors import InvalidInput
from orchestrator.store.unit import Unit

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.admins'))")
_NAME = re.compile(r"[\w.@+-]{1,64}")


def one_at_a_time(unit: Unit) -> None:
    """Until the transaction ends no other changes who may what."""
    unit.session.connection().execute(_LOCK)


def check_name(name: str, what: str) -> None:
    """Raises InvalidInput."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"{what} has 1 to 64 letters, digits or . @ + - _")
