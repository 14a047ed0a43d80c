"""Ad-hoc subprocesses: which of their activities begin is told from outside."""

from typing import Annotated

from pydantic import Field

from orchestrator.api.model import JsonObject, Key, Model
from orchestrator.api.section import Section
from orchestrator.api.security import ProcessManager
from orchestrator.bpmn.commands import ActivateAdHoc
from orchestrator.process import ad_hoc

router = Section(prefix="/v2/element-instances/ad-hoc-activities", tags=["instances"])


class ActivityToBegin(Model):
    element_id: str
    variables: JsonObject | None = None


class AdHocActivation(Model):
    elements: Annotated[list[ActivityToBegin], Field(min_length=1, max_length=1000)]
    cancel_remaining_instances: bool = False


@router.post("/{key}/activation", status_code=204)
def activate_ad_hoc_sub_process_activities(
    key: Key, body: AdHocActivation, caller: ProcessManager
) -> None:
    """Begins these activities; `key` is the element instance of the subprocess."""
    command = ActivateAdHoc(
        key,
        [each.element_id for each in body.elements],
        [each.variables or {} for each in body.elements],
        body.cancel_remaining_instances,
    )
    caller.command(lambda unit: ad_hoc.activate(unit, command))
