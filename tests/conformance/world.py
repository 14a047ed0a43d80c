"""The engine alone with a clock that only jumps: instances, timers, messages, signals, calls."""

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.kernel.keys import CountingKeys

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(eq=False)
class Instance:
    key: int
    definition: bpmn.ProcessDefinition
    caller: tuple["Instance", int] | None = None
    state: bpmn.State = field(default_factory=bpmn.State)
    variables: dict[str, Any] = field(default_factory=dict)
    """Of the process, kept after it has ended."""


Worker = Callable[[Instance, e.WorkCreated], c.Command]


class World:
    def __init__(self, definitions: Iterable[bpmn.ProcessDefinition], worker: Worker) -> None:
        self._definitions = {d.id: d for d in definitions}
        self._worker, self._keys, self.now = worker, CountingKeys(1), START
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._todo: deque[Callable[[], None]] = deque()
        self._subscriptions: list[tuple[Instance, e.Subscribed]] = []
        self._messages: list[e.MessageSent] = []
        self.incidents: list[e.IncidentRaised] = []

    def start(
        self,
        process_id: str,
        variables: Mapping[str, Any],
        caller: tuple[Instance, int] | None = None,
        element_id: str | None = None,
        trigger: int = 0,
    ) -> Instance:
        instance = Instance(self._keys.next(), self._definitions[process_id], caller)
        self.do(instance, c.StartInstance(instance.key, variables, element_id, trigger))
        return instance

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        due = self.now + timedelta(seconds=seconds)
        heapq.heappush(self._due, (due, self._keys.next(), action))

    def run(self, limit: int = 10_000) -> None:
        """Until nothing is to be done and no timer is set."""
        for _ in range(limit):
            if self._todo:
                self._todo.popleft()()
            elif self._due:
                due, _number, action = heapq.heappop(self._due)
                self.now = max(self.now, due)
                action()
            else:
                return

    def do(self, instance: Instance, command: c.Command) -> None:
        catches = self._caller_catches(instance)
        environment = bpmn.Environment(
            self.now,
            self._keys,
            callable=self._definitions.__contains__,
            caller_catches=catches,
        )
        try:
            run = bpmn.execute(instance.definition, instance.state, command, environment)
        except bpmn.Rejected:  # its element has ended meanwhile
            return
        instance.state = run.state
        for event in run.events:
            if isinstance(event, e.VariableSet) and event.scope_key == instance.key:
                instance.variables[event.name] = event.value
            self._effect(instance, event)

    def _caller_catches(self, instance: Instance) -> Callable[[str], bool]:
        if instance.caller is None:
            return lambda code: False
        caller, key = instance.caller
        return lambda code: bpmn.catches(caller.definition, caller.state, key, code)

    def _effect(self, instance: Instance, event: e.Event) -> None:
        match event:
            case e.WorkCreated():
                self._todo.append(lambda: self.do(instance, self._worker(instance, event)))
            case e.TimerSet():
                command = c.FireTimer(event.key, event.element_id, event.trigger, event.left)
                due = datetime.fromisoformat(event.due_at)
                fire = (due, self._keys.next(), lambda: self.do(instance, command))
                heapq.heappush(self._due, fire)
            case e.Subscribed():
                self._subscriptions.append((instance, event))
                self._todo.append(self._correlate)
            case e.Unsubscribed():
                gone = (event.key, event.element_ids)
                self._subscriptions = [
                    (i, s)
                    for i, s in self._subscriptions
                    if not (s.key == gone[0] and s.element_id in gone[1])
                ]
            case e.MessageSent():
                self._messages.append(event)
                self._todo.append(self._correlate)
            case e.SignalSent():
                self._todo.append(lambda: self._broadcast(event))
            case e.InstanceCalled():
                caller = (instance, event.key)
                self._todo.append(lambda: self._call(event, caller))
            case e.Completed() if event.key == instance.key and instance.caller:
                parent, key = instance.caller
                done = c.CompleteElement(key, instance.variables)
                self._todo.append(lambda: self.do(parent, done))
            case e.ErrorEscaped() if instance.caller:
                parent, key = instance.caller
                error = c.ThrowError(key, event.code, event.message, event.variables)
                self._todo.append(lambda: self.do(parent, error))
            case e.EscalationEscaped() if instance.caller:
                parent, key = instance.caller
                escalation = c.ThrowEscalation(key, event.code, event.variables)
                self._todo.append(lambda: self.do(parent, escalation))
            case e.IncidentRaised():
                self.incidents.append(event)

    def _call(self, event: e.InstanceCalled, caller: tuple[Instance, int]) -> None:
        self.start(event.process_id, event.variables, caller)

    def _waiting(self, kind: str, name: str) -> list[tuple[Instance, e.Subscribed]]:
        self._subscriptions = [
            (i, s) for i, s in self._subscriptions if i.state.get(s.key) is not None
        ]
        return [(i, s) for i, s in self._subscriptions if (s.kind, s.name) == (kind, name)]

    def _correlate(self) -> None:
        """Give each kept message to one waiting element, or let it start an instance."""
        for message in list(self._messages):
            starts = self._starts("message", message.name)
            waiting = [
                (i, s)
                for i, s in self._waiting("message", message.name)
                if s.correlation_key == message.correlation_key
            ]
            if not starts and not waiting:
                continue
            self._messages.remove(message)
            for process_id, element_id, trigger in starts[:1]:
                self.start(process_id, message.variables, None, element_id, trigger)
            for instance, found in waiting[:1]:
                self._deliver(instance, found, message.variables)

    def _broadcast(self, signal: e.SignalSent) -> None:
        for instance, found in self._waiting("signal", signal.name):
            self._deliver(instance, found, signal.variables)
        for process_id, element_id, trigger in self._starts("signal", signal.name):
            self.start(process_id, signal.variables, None, element_id, trigger)

    def _deliver(
        self, instance: Instance, found: e.Subscribed, variables: Mapping[str, Any]
    ) -> None:
        event = instance.definition.element(found.element_id)
        if event.interrupting:
            self._subscriptions = [(i, s) for i, s in self._subscriptions if s is not found]
        command = c.Deliver(found.key, found.element_id, found.trigger, variables)
        self.do(instance, command)

    def _starts(self, kind: str, name: str) -> list[tuple[str, str, int]]:
        return [
            (definition.id, element_id, number)
            for definition in self._definitions.values()
            for element_id in definition.event_starts
            for number, trigger in enumerate(definition.element(element_id).triggers)
            if (trigger.kind, trigger.name) == (kind, name)
        ]
