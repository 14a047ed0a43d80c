"""What the `zeebe:` extension elements of a flow node say."""

from lxml import etree

from orchestrator.bpmn.model import (
    DecisionSpec,
    Mapped,
    ScriptSpec,
    TimerSpec,
    UserSpec,
    WorkSpec,
)
from orchestrator.bpmn.xml import child, extension, extensions, required, value
from orchestrator.feel import Expression
from orchestrator.feel import parse as feel
from orchestrator.kernel.xml import local


def mappings(element: etree._Element, direction: str) -> tuple[Mapped, ...]:
    return tuple(
        Mapped(required(m.get("source")), tuple(m.get("target", "").split(".")))
        for m in extensions(element, direction)
    )


def headers(element: etree._Element) -> dict[str, Expression | str]:
    return {h.get("key", ""): required(h.get("value")) for h in extensions(element, "header")}


def work(element: etree._Element) -> WorkSpec | None:
    found = extension(element, "taskDefinition")
    if found is None or not found.get("type"):
        return None
    retries = found.get("retries", "3")
    return WorkSpec(
        value(found.get("type")), int(retries) if retries.isdecimal() else 3, headers(element)
    )


def user(element: etree._Element) -> UserSpec:
    form, assignment = (
        extension(element, "formDefinition"),
        extension(element, "assignmentDefinition"),
    )
    schedule, priority = (
        extension(element, "taskSchedule"),
        extension(element, "priorityDefinition"),
    )
    separate = headers(element).get("separateFrom", "")
    return UserSpec(
        form_id=form.get("formId") if form is not None else None,
        assignee=value(assignment.get("assignee")) if assignment is not None else None,
        candidate_groups=(
            value(assignment.get("candidateGroups")) if assignment is not None else None
        ),
        due=value(schedule.get("dueDate")) if schedule is not None else None,
        priority=value(priority.get("priority")) if priority is not None else None,
        separate_from=tuple(p.strip() for p in str(separate).split(",") if p.strip()),
    )


def decision(element: etree._Element) -> DecisionSpec | None:
    found = extension(element, "calledDecision")
    if found is None or not found.get("decisionId"):
        return None
    return DecisionSpec(value(found.get("decisionId")), found.get("resultVariable", "result"))


def script(element: etree._Element) -> ScriptSpec | None:
    found = extension(element, "script")
    if found is None:
        return None
    text = found.get("expression", "").removeprefix("=")
    return ScriptSpec(feel(text), found.get("resultVariable", "result"))


def timer(definition: etree._Element) -> TimerSpec | None:
    for kind in ("timeDuration", "timeDate"):
        found = child(definition, kind)
        if found is not None:
            return TimerSpec(kind, required((found.text or "").strip()))
    return None


def error_code(definition: etree._Element, codes: dict[str, str]) -> str | None:
    """The code of the referenced error; None catches every error."""
    return codes.get(definition.get("errorRef", "").rpartition(":")[2])


def event_kind(element: etree._Element, definition: etree._Element | None) -> str:
    """`boundaryEvent` with a timer is `timerBoundaryEvent`, and so on."""
    base = local(element)
    if definition is None:
        return base
    prefix = local(definition).removesuffix("EventDefinition")
    return prefix + base[0].upper() + base[1:]
