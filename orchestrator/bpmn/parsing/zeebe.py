"""What the `zeebe:` extension elements of a flow node say."""

import re

from lxml import etree

from orchestrator.bpmn.model import (
    CallSpec,
    DecisionSpec,
    Mapped,
    ScriptSpec,
    UserSpec,
    WorkSpec,
)
from orchestrator.bpmn.parsing.xml import extension, extensions, required, text, value
from orchestrator.feel import Expression
from orchestrator.feel import parse as feel
from orchestrator.kernel.xml import local

FEEL = re.compile(r"(text/|application/)?feel", re.IGNORECASE)
"""The script formats that the standard's script element may have here."""


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
    if found is not None:
        expression = found.get("expression", "")
        return ScriptSpec(feel(expression.removeprefix("=")), found.get("resultVariable", "result"))
    if not FEEL.fullmatch(element.get("scriptFormat", "")):
        return None
    return ScriptSpec(feel(text(element, "script").removeprefix("=")), "result")


def call(element: etree._Element) -> CallSpec | None:
    """What a call activity calls: zeebe:calledElement, else the standard's attribute."""
    found = extension(element, "calledElement")
    if found is None:
        called = (element.get("calledElement") or "").rpartition(":")[2]
        return CallSpec(called) if called else None
    if not found.get("processId"):
        return None
    return CallSpec(
        value(found.get("processId")),
        all_in=found.get("propagateAllParentVariables", "true") == "true",
        all_out=found.get("propagateAllChildVariables", "true") == "true",
        binding=found.get("bindingType", "latest"),
        version_tag=found.get("versionTag"),
    )


def start_form(process: etree._Element) -> str | None:
    """Of the process's own start events the first that is linked to a form."""
    starts = (node for node in process if local(node) == "startEvent")
    forms = (extension(node, "formDefinition") for node in starts)
    return next((form.get("formId") for form in forms if form is not None), None)


def version_tag(process: etree._Element) -> str | None:
    found = extension(process, "versionTag")
    return None if found is None else found.get("value") or None
