"""Expressions are there and well formed; so are times, media types and URIs (BPMN 2.0, 8.4.6)."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from orchestrator.bpmn.rules.model import Model, children, finding, text
from orchestrator.feel import parse as feel
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

EXPRESSIONS = (
    "conditionExpression", "condition", "loopCondition", "loopCardinality",
    "completionCondition", "activationCondition", "timeDate", "timeDuration", "timeCycle",
    "messagePath", "dataPath", "transformation", "from", "to", "formalExpression",
)  # fmt: skip
BOOLEAN = ("conditionExpression", "condition", "loopCondition", "completionCondition")
_TIMES = {
    "timeDate": "date and time(text)",
    "timeDuration": "duration(text)",
}
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_URI = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")
_LITERAL = re.compile(r"-?\d+(\.\d+)?|\"[^\"]*\"")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+*-]+(;.*)?")
LANGUAGES = ("FEEL", "feel", "JavaScript", "javascript", "groovy", "Groovy", "python", "Python",
             "jython", "ruby", "juel", "JUEL")  # fmt: skip
"""Script formats that engines know by these names instead of a media type."""


def check(model: Model) -> Iterator[Finding]:
    for expression in model.of(*EXPRESSIONS):
        yield from _expression(model, expression)
    for timer in model.of("timerEventDefinition"):
        yield from _timer(timer)
    for element in model.elements:
        yield from _formats(element)


def _expression(model: Model, expression: etree._Element) -> Iterator[Finding]:
    kind, body = local(expression), text(expression)
    language = expression.get("language")
    if language is not None and not _is_uri(language):
        yield finding(expression, "expression", f"its language '{language}' is no URI")
    if not body and _is_run(model, expression):
        yield finding(expression, "expression", f"its {kind} is empty; write it or delete it")
    elif kind in BOOLEAN and _LITERAL.fullmatch(body):
        yield finding(expression, "expression", f"its {kind} '{body}' is never true or false")
    conditional = expression.getparent()
    if (
        kind == "condition"
        and conditional is not None
        and local(conditional) == "conditionalEventDefinition"
        and model.is_executable(conditional)
        and not (expression.get(_TYPE) or "").endswith("tFormalExpression")
    ):
        message = "an executable process needs a formal condition: xsi:type tFormalExpression"
        yield finding(expression, "expression", message)


def _is_run(model: Model, expression: etree._Element) -> bool:
    """Whether it is evaluated: models that are only drawn may leave it out."""
    return model.around(expression, "process") is None or model.is_executable(expression)


def _timer(timer: etree._Element) -> Iterator[Finding]:
    times = children(timer, "timeDate", "timeDuration", "timeCycle")
    if len(times) > 1:
        yield finding(timer, "timer", "has more than one of date, duration and cycle; keep one")
    for time in times:
        body, kind = text(time), local(time)
        if not body or body.startswith(("=", "$", "#")) or kind not in _TIMES:
            continue
        if feel(_TIMES[kind]).evaluate({"text": body}).value is None:
            yield finding(timer, "timer", f"its {kind} '{body}' is not written as ISO 8601 says")


def _formats(element: etree._Element) -> Iterator[Finding]:
    kind = local(element)
    method = element.get("method")
    if kind == "transaction" and method and not (method.startswith("##") or _is_uri(method)):
        yield finding(element, "uri", f"its method '{method}' is no URI")
    attribute = {"textAnnotation": "textFormat", "documentation": "textFormat",
                 "scriptTask": "scriptFormat"}.get(kind)  # fmt: skip
    media_type = element.get(attribute) if attribute else None
    if media_type and not _MEDIA_TYPE.fullmatch(media_type) and media_type not in LANGUAGES:
        message = f"its {attribute} '{media_type}' is no media type such as text/plain"
        yield finding(element, "media_type", message)


def _is_uri(value: str) -> bool:
    try:
        urlsplit(value)
    except ValueError:
        return False
    return _URI.fullmatch(value) is not None
