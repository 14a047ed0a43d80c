"""Small models, run in memory."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.kernel.keys import CountingKeys

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Instance:
    """One running instance; `at` gives the key of the live element with an id."""

    def __init__(self, xml: bytes) -> None:
        (self.definition,) = bpmn.parse(xml)
        self.environment = bpmn.Environment(NOW, CountingKeys(2))
        self.state, self.events = bpmn.State(), list[e.Event]()

    def do(self, command: c.Command) -> list[e.Event]:
        run = bpmn.execute(self.definition, self.state, command, self.environment)
        self.state = run.state
        self.events.extend(run.events)
        return run.events

    def start(self, **variables: Any) -> "Instance":
        self.do(c.StartInstance(1, variables))
        return self

    def complete(self, element_id: str, **variables: Any) -> None:
        self.do(c.CompleteElement(self.at(element_id), variables))

    def at(self, element_id: str) -> int:
        (key,) = (k for k, live in self._live().items() if live.element_id == element_id)
        return int(key)

    def alive(self) -> list[str]:
        return sorted(live.element_id for k, live in self._live().items() if k != 1)

    @property
    def ended(self) -> bool:
        return self.state.get(1) is None

    def variables(self) -> dict[str, Any]:
        return dict(self.state.variables(1))

    def of(self, kind: type[e.Event]) -> list[Any]:
        return [x for x in self.events if isinstance(x, kind)]

    def _live(self) -> dict[int, bpmn.Live]:
        live: dict[int, bpmn.Live] = self.state.snapshot()["live"]
        return live


def _document(body: str, outside: str = "") -> bytes:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
        f'{outside}<process id="p" isExecutable="true">{body}</process></definitions>'
    ).encode()


@pytest.fixture
def document() -> Callable[..., bytes]:
    """BPMN around the inside of a process."""
    return _document


@pytest.fixture
def instance() -> Callable[..., Instance]:
    """An instance, not started, of the process with this inside."""
    return lambda body, outside="": Instance(_document(body, outside))
