"""The unit of work: one command, one transaction, one actor, one tenant, one instant."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from orchestrator.kernel.keys import Keys

CHANNEL = "deskhand"
LAST = "last_of_transaction"  # execution option of a statement that COMMIT follows at once
_NOTIFY = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) payload")


@dataclass(slots=True)
class Unit:
    """What a service needs to act. Made by `Database.begin`, committed or rolled back there."""

    session: Session
    tenant_id: str
    actor: str  # user:anna, agent:123, run:456, system
    now: datetime
    keys: Keys
    _notices: dict[str, None] = field(default_factory=dict)

    def notify(self, topic: str, key: int | str) -> None:
        """Tell waiting claimers and open consoles once this transaction commits (the database
        sends nothing when it rolls back). Topics: queue (key = its name), work-item,
        user-task, process-instance, incident, agent, error-budget."""
        notice = json.dumps({"tenant": self.tenant_id, "topic": topic, "key": str(key)})
        self._notices[notice] = None

    def send_notices(self) -> None:
        """Hand the notices to the database, in one statement, which also commits: nothing may
        be written after it."""
        if self._notices:
            payloads = list(self._notices)
            self.session.connection().execute(
                _NOTIFY,
                {"channel": CHANNEL, "payloads": payloads},
                execution_options={LAST: True},
            )
            self._notices.clear()
