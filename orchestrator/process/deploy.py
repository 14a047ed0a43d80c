"""Deploy resources: all of them or none. Unchanged ones keep their version."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from orchestrator import bpmn, dmn
from orchestrator.audit import append
from orchestrator.kernel.errors import Finding, InvalidInput, InvalidModel
from orchestrator.process import definitions, environment, second_looks, waits
from orchestrator.process.definitions import Versioned
from orchestrator.store.tables import (
    DecisionDefinition,
    DecisionRequirements,
    FormDefinition,
    ProcessDefinition,
)
from orchestrator.store.unit import Unit


@dataclass(slots=True)
class Deployment:
    key: int
    library: Sequence[bytes] = ()
    """The DMN files, which may import one another."""
    processes: list[ProcessDefinition] = field(default_factory=list)
    requirements: list[DecisionRequirements] = field(default_factory=list)
    decisions: list[DecisionDefinition] = field(default_factory=list)
    forms: list[FormDefinition] = field(default_factory=list)
    warnings: list[tuple[str, Finding]] = field(default_factory=list)
    """By file: what is allowed but probably not meant."""


def deploy(unit: Unit, resources: Sequence[tuple[str, bytes]]) -> Deployment:
    """`resources` are (file name, content); the suffix tells the kind. Raises InvalidModel,
    naming the file and every finding."""
    if not resources:
        raise InvalidInput("A deployment needs at least one resource.")
    library = [content for name, content in resources if name.lower().endswith(".dmn")]
    deployment = Deployment(unit.keys.next(), library)
    for name, content in resources:
        _KINDS.get(name.rpartition(".")[2].lower(), _unknown)(unit, deployment, name, content)
    stream = f"deployment/{deployment.key}"
    names = {name: hashlib.sha256(content).hexdigest() for name, content in resources}
    append(unit, stream, "deployment.created", {"resources": names})
    return deployment


def _bpmn(unit: Unit, deployment: Deployment, name: str, content: bytes) -> None:
    processes = _named(name, lambda: bpmn.parse(content))
    if not processes:
        nothing = Finding("definitions", "bpmn.executable", 'no process has isExecutable="true"')
        raise InvalidModel(f"{name}: the file has nothing to run.", [nothing])
    for process in processes:
        by = {"process_id": process.id}
        found = definitions.last(unit, ProcessDefinition, **by)
        row = ProcessDefinition(
            **_fields(unit, deployment, name, content, ProcessDefinition, by),
            name=process.name,
            version_tag=process.version_tag,
            start_form=process.start_form,
            xml=content,
            draws_looks=second_looks.has_one(process),
        )
        kept = _keep(unit, found, row)
        if kept is row:
            await_starts(unit, row, process)
        deployment.processes.append(kept)
    for form_id, schema in bpmn.forms(content).items():
        _form(unit, deployment, f"{name}#{form_id}", json.dumps(schema).encode())


def await_starts(unit: Unit, row: ProcessDefinition, process: bpmn.ProcessDefinition) -> None:
    """Let events start this version of the process, and no other. Raises InvalidModel."""
    around = environment.of_starts(unit)
    armed = _named(row.resource_name, lambda: bpmn.armed(process, around))
    waits.of_definition(unit, row, armed)


def _dmn(unit: Unit, deployment: Deployment, name: str, content: bytes) -> None:
    library = _named(name, lambda: dmn.imported(content, deployment.library))
    parsed = _named(name, lambda: dmn.parse(content, library))
    deployment.warnings += [(name, finding) for finding in dmn.check(parsed)]
    whole = b"".join([content, *library])
    by = {"requirements_id": parsed.id or name}
    drawn = definitions.last(unit, DecisionRequirements, **by)
    file = DecisionRequirements(
        **_fields(unit, deployment, name, whole, DecisionRequirements, by),
        name=parsed.name or name,
        xml=content,
        library=list(library),
    )
    kept = _keep(unit, drawn, file)
    deployment.requirements.append(kept)
    for decision in parsed.decisions.values():
        by = {"decision_id": decision.id}
        found = definitions.last(unit, DecisionDefinition, **by)
        row = DecisionDefinition(
            **_fields(unit, deployment, name, whole, DecisionDefinition, by),
            requirements_key=kept.key,
            name=decision.name,
        )
        deployment.decisions.append(_keep(unit, found, row))


def _form(unit: Unit, deployment: Deployment, name: str, content: bytes) -> None:
    try:
        schema = json.loads(content)
        form_id = schema["id"]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidModel(f"{name}: a form is a JSON object with an 'id'.") from error
    by = {"form_id": form_id}
    found = definitions.last(unit, FormDefinition, **by)
    fields = _fields(unit, deployment, name, content, FormDefinition, by)
    row = FormDefinition(**fields, form_schema=schema)
    deployment.forms.append(_keep(unit, found, row))


def _unknown(unit: Unit, deployment: Deployment, name: str, content: bytes) -> None:
    raise InvalidInput(f"{name}: deploy .bpmn, .dmn and .form files.")


_KINDS: dict[str, Callable[[Unit, Deployment, str, bytes], None]] = {
    "bpmn": _bpmn,
    "dmn": _dmn,
    "form": _form,
}
T = TypeVar("T")


def _named(name: str, parse: Callable[[], T]) -> T:
    try:
        return parse()
    except InvalidModel as error:
        raise InvalidModel(f"{name}: {error.summary}", error.findings) from error


def _fields(
    unit: Unit,
    deployment: Deployment,
    name: str,
    content: bytes,
    table: type[Versioned],
    by: dict[str, str],
) -> dict[str, Any]:
    return {
        **by,
        "key": unit.keys.next(),
        "tenant_id": unit.tenant_id,
        "deployment_key": deployment.key,
        "version": definitions.next_version(unit, table, **by),
        "resource_name": name,
        "digest": hashlib.sha256(content).hexdigest(),
        "deployed_at": unit.now,
    }


def _keep(unit: Unit, last: Versioned | None, row: Versioned) -> Versioned:
    if last is not None and last.digest == row.digest:
        return last
    unit.session.add(row)
    unit.flush()
    return row
