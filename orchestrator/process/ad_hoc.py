"""Begin activities of an ad-hoc subprocess by hand."""

from sqlmodel import col, select

from orchestrator.bpmn.commands import ActivateAdHoc
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.process import definitions
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import ElementInstance
from orchestrator.store.unit import Unit
from orchestrator.work.limits import check_payload


def activate(unit: Unit, command: ActivateAdHoc) -> None:
    """Raises NotFound when there is no such live element, InvalidInput when it is no ad-hoc
    subprocess, or an element is not one of its own."""
    for variables in command.given:
        check_payload(dict(variables))
    ours = ElementInstance.tenant_id == unit.tenant_id, col(ElementInstance.key) == command.key
    key = unit.session.exec(select(ElementInstance.instance_key).where(*ours)).one_or_none()
    missing = f"There is no live ad-hoc subprocess {command.key}."
    if key is None:
        raise NotFound(missing)
    instance = lock(unit, key)
    live = unit.session.exec(select(ElementInstance).where(*ours)).one()
    if live.state != "ACTIVE":
        raise NotFound(missing)
    inner = definitions.of(unit, instance).elements
    if live.element_id not in inner or inner[live.element_id].ad_hoc is None:
        raise InvalidInput(f"{live.element_id} is no ad-hoc subprocess.")
    for element_id in command.element_ids:
        if element_id not in inner or inner[element_id].scope != live.element_id:
            raise InvalidInput(f"'{element_id}' is no activity of {live.element_id}.")
    execute(unit, instance, command)
