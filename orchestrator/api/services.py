"""What the routes act with."""

from dataclasses import dataclass, field
from threading import Event
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from orchestrator.api.pages import PageRenderer
from orchestrator.api.signing import Signer
from orchestrator.people.passwords import Remembered
from orchestrator.settings import Settings
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.notify import Listener


@dataclass(frozen=True, slots=True)
class Services:
    """Made once by `app.py`; kept in the application's state."""

    settings: Settings
    database: Database
    documents: DocumentStore
    listener: Listener
    signer: Signer
    pages: PageRenderer = field(default_factory=PageRenderer)
    remembered: Remembered = field(default_factory=Remembered)
    closing: Event = field(default_factory=Event)
    """Set when the server is asked to stop: long polls and streams then end by themselves."""


def services_of(connection: HTTPConnection) -> Services:
    found: Services = connection.app.state.services
    return found


async def services(connection: HTTPConnection) -> Services:
    """A dependency. It waits for nothing, so it takes no thread of its own."""
    return services_of(connection)


S = Annotated[Services, Depends(services)]
