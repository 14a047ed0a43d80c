"""Random block-structured models that use every kind of element, drawn as BPMN."""

from collections.abc import Callable
from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

from orchestrator import bpmn, dmn

Block = tuple[Any, ...]
Ends = tuple[str, str]

DECISIONS = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
  namespace="n"><decision id="next" name="next"><literalExpression><text>n + 1</text>
  </literalExpression></decision></definitions>"""
OUTSIDE = """<message id="m" name="m"><extensionElements>
  <zeebe:subscription correlationKey="=&quot;k&quot;"/></extensionElements></message>
  <signal id="sig" name="sig"/><error id="err" errorCode="E"/>
  <escalation id="esc" escalationCode="X"/>"""
TASK = (
    '<extensionElements><zeebe:taskDefinition type="q"/><zeebe:ioMapping>'
    '<zeebe:input source="=n" target="seen"/></zeebe:ioMapping></extensionElements>'
)
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="sig"/>'
ERROR = '<errorEventDefinition errorRef="err"/>'
ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'
CONDITION = (
    '<conditionalEventDefinition><condition xsi:type="tFormalExpression">=open</condition>'
    "</conditionalEventDefinition>"
)
COMPENSATION = "<compensateEventDefinition/>"

CAUGHT = (TIMER, MESSAGE, SIGNAL, CONDITION)
THROWN = (MESSAGE, SIGNAL, ESCALATION, "")
GUARDS = (TIMER, MESSAGE, SIGNAL, CONDITION, ERROR, ESCALATION)

leaves = st.one_of(
    st.sampled_from(
        [("job", tag) for tag in ("serviceTask", "businessRuleTask", "scriptTask")]
        + [("through", tag) for tag in ("task", "manualTask")]
        + [("user",), ("script",), ("rule",), ("send",), ("receive",), ("call",), ("link",)]
        + [("choice",), ("together",), ("ad_hoc",), ("undo",)]
    ),
    st.tuples(st.just("catch"), st.sampled_from(CAUGHT)),
    st.tuples(st.just("throw"), st.sampled_from(THROWN)),
)


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    parts = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        st.tuples(st.just("sequence"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("parallel"), parts),
        st.tuples(st.just("exclusive"), parts),
        st.tuples(st.just("inclusive"), parts),
        st.tuples(st.just("complex"), parts),
        st.tuples(st.just("guarded"), inner, st.sampled_from(GUARDS), st.booleans()),
        st.tuples(st.just("listening"), inner, st.sampled_from(GUARDS), st.booleans()),
        st.tuples(st.just("many"), inner, st.booleans()),
        st.tuples(st.just("again"), inner),
        st.tuples(st.just("transaction"), inner),
        st.tuples(st.just("terminated"), inner),
        st.tuples(st.just("failing"), inner),
    )


blocks = st.recursive(leaves, _nested, max_leaves=8)


def definition(block: Block, prefix: str = "") -> bpmn.ProcessDefinition:
    """The process of this block, between a start and an end event; `prefix`: of every id."""
    drawing = Drawing(prefix)
    drawing.scope(block)
    (process,) = bpmn.parse(
        (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
            ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f'{OUTSIDE}<process id="p" isExecutable="true">{"".join(drawing.xml)}</process>'
            "</definitions>"
        ).encode()
    )
    return process


def decisions(decision_id: str) -> dmn.Definitions | None:
    """What is deployed beside the process."""
    return dmn.parse(DECISIONS) if decision_id == "next" else None


class Drawing:
    """Draws a block as BPMN: each has one way in and one way out."""

    def __init__(self, prefix: str = "") -> None:
        self._ids, self._prefix = count(1), prefix
        self.xml: list[str] = []

    def _name(self, kind: str) -> str:
        return f"{self._prefix}{kind}{next(self._ids)}"

    def node(self, tag: str, inside: str = "", attributes: str = "") -> str:
        name = self._name("n")
        self.xml.append(f'<{tag} id="{name}" {attributes}>{inside}</{tag}>')
        return name

    def flow(self, source: str, target: str, condition: str = "") -> str:
        name = self._name("f")
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        self.xml.append(f'<sequenceFlow id="{name}" {ends}>{inside}</sequenceFlow>')
        return name

    def block(self, block: Block) -> Ends:
        kind, *rest = block
        draw: Callable[..., Ends] = getattr(self, f"_{kind}")
        return draw(*rest)

    def scope(self, block: Block) -> None:
        first, last = self.block(block)
        self.flow(self.node("startEvent"), first)
        self.flow(last, self.node("endEvent"))

    def _inside(self, draw: Callable[[], object]) -> str:
        outer, self.xml = self.xml, []
        draw()
        inside, self.xml = "".join(self.xml), outer
        return inside

    def _one(self, tag: str, inside: str = "", attributes: str = "") -> Ends:
        name = self.node(tag, inside, attributes)
        return name, name

    def _boundary(self, host: str, inside: str, interrupting: bool = True) -> str:
        cancels = "" if interrupting else ' cancelActivity="false"'
        return self.node("boundaryEvent", inside, f'attachedToRef="{host}"{cancels}')

    # Leaves

    def _job(self, tag: str) -> Ends:
        return self._one(tag, TASK)

    def _through(self, tag: str) -> Ends:
        return self._one(tag)

    def _user(self) -> Ends:
        return self._one("userTask")

    def _script(self) -> Ends:
        script = '<zeebe:script expression="=n + 1" resultVariable="n"/>'
        return self._one("scriptTask", f"<extensionElements>{script}</extensionElements>")

    def _rule(self) -> Ends:
        called = '<zeebe:calledDecision decisionId="next" resultVariable="n"/>'
        return self._one("businessRuleTask", f"<extensionElements>{called}</extensionElements>")

    def _send(self) -> Ends:
        return self._one("sendTask", "", 'messageRef="m"')

    def _receive(self) -> Ends:
        return self._one("receiveTask", "", 'messageRef="m"')

    def _call(self) -> Ends:
        return self._one("callActivity", "", 'calledElement="other"')

    def _catch(self, event: str) -> Ends:
        return self._one("intermediateCatchEvent", event)

    def _throw(self, event: str) -> Ends:
        return self._one("intermediateThrowEvent", event)

    def _link(self) -> Ends:
        name = self._name("l")
        link = f'<linkEventDefinition name="{name}"/>'
        return self.node("intermediateThrowEvent", link), self.node("intermediateCatchEvent", link)

    def _choice(self) -> Ends:
        """Whatever comes first of a message, a signal and a timer."""
        gateway, join = self.node("eventBasedGateway"), self.node("exclusiveGateway")
        for event in (MESSAGE, SIGNAL, TIMER):
            caught = self.node("intermediateCatchEvent", event)
            self.flow(gateway, caught)
            self.flow(caught, join)
        return gateway, join

    def _together(self) -> Ends:
        both = MESSAGE + SIGNAL
        return self._one("intermediateCatchEvent", both, 'parallelMultiple="true"')

    def _ad_hoc(self) -> Ends:
        inside = self._inside(lambda: (self._job("serviceTask"), self._through("task")))
        return self._one("adHocSubProcess", inside)

    def _undo(self) -> Ends:
        """A compensated task beside one that was never done."""

        def draw() -> None:
            done, throw = (
                self.node("serviceTask", TASK),
                self.node("intermediateThrowEvent", COMPENSATION),
            )
            self._handler(done)
            self.flow(self.node("startEvent"), done)
            self.flow(done, throw)
            self.flow(throw, self.node("endEvent"))

        return self._one("subProcess", self._inside(draw))

    def _handler(self, activity: str) -> None:
        boundary = self._boundary(activity, COMPENSATION)
        handler = self.node("serviceTask", TASK, 'isForCompensation="true"')
        name = self._name("a")
        ends = f'sourceRef="{boundary}" targetRef="{handler}" associationDirection="One"'
        self.xml.append(f'<association id="{name}" {ends}/>')

    # Blocks of blocks

    def _sequence(self, parts: list[Block]) -> Ends:
        ends = [self.block(part) for part in parts]
        for (_, left), (right, _) in pairwise(ends):
            self.flow(left, right)
        return ends[0][0], ends[-1][1]

    def _between(self, fork: str, join: str, parts: list[Block]) -> Ends:
        for first, last in map(self.block, parts):
            self.flow(fork, first)
            self.flow(last, join)
        return fork, join

    def _parallel(self, parts: list[Block]) -> Ends:
        return self._between(self.node("parallelGateway"), self.node("parallelGateway"), parts)

    def _complex(self, parts: list[Block]) -> Ends:
        """Goes on with the first branch; the others end in the join."""
        activation = "<activationCondition>=activationCount >= 1</activationCondition>"
        join = self.node("complexGateway", activation)
        return self._between(self.node("parallelGateway"), join, parts)

    def _exclusive(self, parts: list[Block]) -> Ends:
        return self._split("exclusiveGateway", "=", parts)

    def _inclusive(self, parts: list[Block]) -> Ends:
        return self._split("inclusiveGateway", "&gt;=", parts)

    def _split(self, tag: str, compared: str, parts: list[Block]) -> Ends:
        split, join = self._name("n"), self.node(tag)
        flows = []
        for number, (first, last) in enumerate(map(self.block, parts)):
            condition = f"=modulo(n, {len(parts)}) {compared} {number}" if number else ""
            flows.append(self.flow(split, first, condition))
            self.flow(last, join)
        self.xml.append(f'<{tag} id="{split}" default="{flows[0]}"/>')
        return split, join

    def _guarded(self, part: Block, event: str, interrupting: bool) -> Ends:
        """A subprocess whose boundary event leads on in its stead, or beside it to an end."""
        host = self.node("subProcess", self._inside(lambda: self.scope(part)))
        join = self.node("exclusiveGateway")
        self.flow(host, join)
        instead = interrupting or event == ERROR
        boundary = self._boundary(host, event, instead)
        self.flow(boundary, join if instead else self.node("endEvent"))
        return host, join

    def _listening(self, part: Block, event: str, interrupting: bool) -> Ends:
        """A subprocess with an event subprocess of one task."""

        def handler() -> None:
            flag = "true" if interrupting or event == ERROR else "false"
            start = self.node("startEvent", event, f'isInterrupting="{flag}"')
            task = self.node("serviceTask", TASK)
            self.flow(start, task)
            self.flow(task, self.node("endEvent"))

        def draw() -> None:
            self.scope(part)
            self.node("subProcess", self._inside(handler), 'triggeredByEvent="true"')

        return self._one("subProcess", self._inside(draw))

    def _many(self, part: Block, sequential: bool) -> Ends:
        loop = (
            f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
            '<extensionElements><zeebe:loopCharacteristics inputCollection="=[1, 2]"'
            ' inputElement="i" outputCollection="all" outputElement="=i"/></extensionElements>'
            "</multiInstanceLoopCharacteristics>"
        )
        return self._one("subProcess", self._inside(lambda: self.scope(part)) + loop)

    def _again(self, part: Block) -> Ends:
        loop = '<standardLoopCharacteristics loopMaximum="2"/>'
        return self._one("subProcess", self._inside(lambda: self.scope(part)) + loop)

    def _transaction(self, part: Block) -> Ends:
        """Cancelled when n is odd: what was done in it is compensated."""

        def draw() -> None:
            done, split = self.node("serviceTask", TASK), self._name("n")
            self._handler(done)
            first, last = self.block(part)
            self.flow(self.node("startEvent"), done)
            self.flow(done, first)
            self.flow(last, split)
            good = self.flow(split, self.node("endEvent"))
            cancel = self.node("endEvent", "<cancelEventDefinition/>")
            self.flow(split, cancel, "=modulo(n, 2) = 1")
            self.xml.append(f'<exclusiveGateway id="{split}" default="{good}"/>')

        host, join = self.node("transaction", self._inside(draw)), self.node("exclusiveGateway")
        self.flow(host, join)
        self.flow(self._boundary(host, "<cancelEventDefinition/>"), join)
        return host, join

    def _terminated(self, part: Block) -> Ends:
        return self._ending(part, "<terminateEventDefinition/>")

    def _failing(self, part: Block) -> Ends:
        host, _ = self._ending(part, ERROR)
        join = self.node("exclusiveGateway")
        self.flow(host, join)
        self.flow(self._boundary(host, ERROR), join)
        return host, join

    def _ending(self, part: Block, event: str) -> Ends:
        """A subprocess whose part is cut off by an end event beside it."""

        def draw() -> None:
            fork, task = self.node("parallelGateway"), self.node("userTask")
            first, last = self.block(part)
            self.flow(self.node("startEvent"), fork)
            self.flow(fork, first)
            self.flow(last, self.node("endEvent"))
            self.flow(fork, task)
            self.flow(task, self.node("endEvent", event))

        return self._one("subProcess", self._inside(draw))
