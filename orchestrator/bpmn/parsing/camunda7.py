"""Models drawn for Camunda 7: what `camunda:` says, said again with `zeebe:`.

What has no counterpart is a finding; what only tunes Camunda's own engine is left out. See
https://docs.camunda.io/docs/guides/migrating-from-camunda-7.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from orchestrator.bpmn.parsing import juel
from orchestrator.bpmn.parsing.xml import BPMN, ZEEBE
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
# What is translated, and what only tunes Camunda's engine; anything else is not supported.
KNOWN = {
    "async", "asyncBefore", "asyncAfter", "exclusive", "historyTimeToLive", "diagramRelationId",
    "versionTag", "jobPriority", "taskPriority", "isStartableInTasklist", "followUpDate",
    "candidateStarterGroups", "candidateStarterUsers", "initiator", "type", "topic", "assignee",
    "candidateGroups", "dueDate", "priority", "formKey", "formRef", "formRefBinding",
    "decisionRef", "resultVariable", "mapDecisionResult", "decisionRefBinding",
    "calledElementBinding", "collection", "elementVariable", "resource", "errorMessage",
}  # fmt: skip
KNOWN_ELEMENTS = {
    "inputOutput", "inputParameter", "outputParameter", "in", "out", "formData", "formField",
    "value", "validation", "constraint", "properties", "property", "failedJobRetryTimeCycle",
    "field", "string", "expression",
}  # fmt: skip
_EXPRESSIONS = (
    "conditionExpression", "condition", "loopCardinality", "completionCondition", "timeDate",
    "timeDuration", "timeCycle", "loopCondition",
)  # fmt: skip


def translate(root: etree._Element) -> list[Finding]:
    """Add the `zeebe:` elements in place; the findings are what is not supported."""
    findings: list[Finding] = []
    for node in list(root.iter(f"{{{BPMN}}}*")):
        try:
            _expression(node)
            _node(node)
        except juel.NotSimple as error:
            message = f"JUEL that has no FEEL counterpart: {error}; write it in FEEL"
            findings.append(Finding(_name(node), "bpmn.juel", message))
        findings += _unsupported(node)
    return findings


def forms(root: etree._Element) -> dict[str, dict[str, object]]:
    """The forms that `camunda:formData` describes, by id, as form-js schemas."""
    found: dict[str, dict[str, object]] = {}
    for data in root.iter(f"{{{CAMUNDA}}}formData"):
        form_id = _form_id(data)
        fields = [_field(f) for f in data if local(f) == "formField"]
        found[form_id] = {"type": "default", "id": form_id, "components": fields}
    return found


_FIELDS = {"string": "textfield", "long": "number", "boolean": "checkbox", "date": "datetime",
           "enum": "select"}  # fmt: skip


def _field(field: etree._Element) -> dict[str, object]:
    kind, key = field.get("type", "string"), field.get("id", "")
    made: dict[str, object] = {
        "type": _FIELDS.get(kind, "textfield"),
        "key": key,
        "label": field.get("label") or key,
    }
    if kind == "date":
        made |= {"subtype": "date", "dateLabel": made["label"]}
    if values := [v for v in field if local(v) == "value"]:
        made["values"] = [{"value": v.get("id"), "label": v.get("name")} for v in values]
    if any(c.get("name") == "required" for c in field.iter(f"{{{CAMUNDA}}}constraint")):
        made["validate"] = {"required": True}
    if default := field.get("defaultValue"):
        made["defaultValue"] = default
    return made


def _expression(node: etree._Element) -> None:
    if local(node) in _EXPRESSIONS and node.text and juel.is_juel(node.text):
        node.text = juel.to_feel(node.text)


def _node(node: etree._Element) -> None:
    said = {
        etree.QName(str(k)).localname: str(v)
        for k, v in node.attrib.items()
        if str(k).startswith(f"{{{CAMUNDA}}}")
    }
    own = [e for holder in _holders(node) for e in holder if _is_camunda(e)]
    if said.get("type") == "external" and said.get("topic"):
        _add(node, "taskDefinition", {"type": _value(said["topic"])})
    if local(node) == "userTask":
        _user(node, said, own)
    if "decisionRef" in said:
        names = {"decisionId": _value(said["decisionRef"])}
        _add(
            node,
            "calledDecision",
            {**names, "resultVariable": said.get("resultVariable", "result")},
        )
    if "collection" in said:
        source = f"= {said['collection']}" if said["collection"].isidentifier() else ""
        names = {"inputCollection": source or _value(said["collection"])}
        _add(
            node, "loopCharacteristics", {**names, "inputElement": said.get("elementVariable", "")}
        )
    for element in own:
        if local(element) == "inputOutput":
            _mappings(node, element)
    if local(node) == "callActivity":
        _call(node, [e for e in own if local(e) in ("in", "out")])


def _user(node: etree._Element, said: Mapping[str, str], own: list[etree._Element]) -> None:
    people = {n: _value(said[n]) for n in ("assignee", "candidateGroups") if n in said}
    if people:
        _add(node, "assignmentDefinition", people)
    if "dueDate" in said:
        _add(node, "taskSchedule", {"dueDate": _value(said["dueDate"])})
    if "priority" in said:
        _add(node, "priorityDefinition", {"priority": _value(said["priority"])})
    form = said.get("formRef") or said.get("formKey")
    for element in own:
        if local(element) == "formData":
            form = _form_id(element)
    if form:
        _add(node, "formDefinition", {"formId": form})


def _form_id(data: etree._Element) -> str:
    holder = data.getparent()
    owner = holder.getparent() if holder is not None else None
    return f"form.{_name(owner) if owner is not None else ''}"


def _mappings(node: etree._Element, mapping: etree._Element) -> None:
    for parameter in mapping:
        if not _is_camunda(parameter):
            continue
        direction = "input" if local(parameter) == "inputParameter" else "output"
        source = _literal(parameter.text or "")
        _add(node, direction, {"source": source, "target": parameter.get("name", "")})


def _call(node: etree._Element, variables: list[etree._Element]) -> None:
    """Where there is an in or out, only what they name crosses the border."""
    called = _value((node.get("calledElement") or "").strip())
    everything = {local(v) for v in variables if v.get("variables") == "all"}
    flags = {
        "propagateAllParentVariables": str("in" in everything).lower(),
        "propagateAllChildVariables": str("out" in everything).lower(),
    }
    if variables:
        _add(node, "calledElement", {"processId": called, **flags})
    for one in variables:
        if one.get("target"):
            direction = "input" if local(one) == "in" else "output"
            source = _literal(one.get("sourceExpression") or f"${{{one.get('source')}}}")
            _add(node, direction, {"source": source, "target": one.get("target", "")})


def _unsupported(node: etree._Element) -> Iterator[Finding]:
    for key in node.attrib:
        name = etree.QName(str(key))
        if name.namespace == CAMUNDA and name.localname not in KNOWN:
            message = f"camunda:{name.localname} is not supported; use a task type and a bot"
            yield Finding(_name(node), "bpmn.unsupported", message)
    for holder in _holders(node):
        for element in holder.iter(f"{{{CAMUNDA}}}*"):
            if local(element) not in KNOWN_ELEMENTS:
                message = f"camunda:{local(element)} is not supported; take it out"
                yield Finding(_name(node), "bpmn.unsupported", message)


def _holders(node: etree._Element) -> list[etree._Element]:
    return list(node.iterchildren(f"{{{BPMN}}}extensionElements"))


def _is_camunda(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(f"{{{CAMUNDA}}}")


def _value(text: str) -> str:
    return juel.to_feel(text) if juel.is_juel(text) else text


def _literal(text: str) -> str:
    """As `_value`, but what is no expression is a FEEL text."""
    return _value(text) if juel.is_juel(text) else f"= {juel.quoted(text)}"


def _name(node: etree._Element) -> str:
    at: etree._Element | None = node
    while at is not None and not at.get("id"):
        at = at.getparent()
    return at.get("id", "") if at is not None else ""


def _add(node: etree._Element, name: str, attributes: Mapping[str, str]) -> None:
    holders = _holders(node)
    holder = holders[0] if holders else etree.Element(f"{{{BPMN}}}extensionElements")
    if not holders:
        node.insert(0, holder)
    if next(holder.iter(f"{{{ZEEBE}}}{name}"), None) is None or name in ("input", "output"):
        etree.SubElement(holder, f"{{{ZEEBE}}}{name}", dict(attributes))
