"""A BPMN file: its processes, and what they refer to outside of them."""

from dataclasses import dataclass, field

from lxml import etree

from orchestrator.bpmn.model import ProcessDefinition
from orchestrator.bpmn.parsing import camunda7
from orchestrator.bpmn.parsing.process import GLOBAL_TASKS, ProcessReader
from orchestrator.bpmn.parsing.xml import BPMN, children
from orchestrator.bpmn.rules import check
from orchestrator.kernel.errors import Finding, InvalidModel
from orchestrator.kernel.xml import local, parse_xml


@dataclass(slots=True)
class Document:
    """What can be referred to by id, and the findings so far."""

    roots: dict[str, etree._Element]
    """Messages, signals, errors, escalations, event definitions of the file."""
    findings: list[Finding] = field(default_factory=list)

    def find(self, element: str, rule: str, message: str) -> None:
        self.findings.append(Finding(element, rule, message))

    def root(self, reference: str | None) -> etree._Element | None:
        """What a reference (a QName) names."""
        return self.roots.get((reference or "").strip().rpartition(":")[2])


def forms(xml: bytes) -> dict[str, dict[str, object]]:
    """The forms that a file describes inside its tasks, by id, as form-js schemas."""
    return camunda7.forms(parse_xml(xml, "The BPMN file"))


def parse(xml: bytes) -> tuple[ProcessDefinition, ...]:
    """The executable processes of a file, and its global tasks, which can be called as processes
    are; none of a file that is only drawn. Raises InvalidModel with every finding."""
    root = parse_xml(xml, "The BPMN file")
    if root.tag != f"{{{BPMN}}}definitions":
        raise InvalidModel("The file's root is not BPMN 2.0 definitions.")
    roots = {e.get("id", ""): e for e in root if isinstance(e.tag, str)}
    document = Document(roots, [*check(root), *camunda7.translate(root)])
    executable = [p for p in children(root, "process") if p.get("isExecutable") == "true"]
    processes = [ProcessReader(p, document).process() for p in executable]
    tasks = [ProcessReader(t, document).global_task() for t in root if local(t) in GLOBAL_TASKS]
    if document.findings:
        raise InvalidModel("The BPMN file cannot be deployed.", document.findings)
    return (*processes, *tasks)
