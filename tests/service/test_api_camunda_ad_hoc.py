"""Activities of an ad-hoc subprocess are begun through Camunda's own Python client."""

from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    AdHocSubProcessActivateActivitiesInstruction,
    CamundaClient,
    ElementInstanceSearchQuery,
    UserTaskCompletionRequest,
    UserTaskSearchQuery,
    VariableSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, NotFoundError

from tests.service.camunda import HEAD, started, state
from tests.service.conftest import Login

CARE = f"""{HEAD}<process id="care" isExecutable="true"><startEvent id="s"/>
<adHocSubProcess id="desk"><extensionElements><zeebe:adHoc activeElementsCollection="=[]"/>
</extensionElements><userTask id="call"/><userTask id="write"/>
<completionCondition>=done = true</completionCondition></adHocSubProcess><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="desk"/>
<sequenceFlow id="f2" sourceRef="desk" targetRef="e"/></process></definitions>"""


@pytest.fixture
def desk(client: CamundaClient, tmp_path: Path) -> Any:
    """The element instance of the subprocess of a new instance."""
    (tmp_path / "care.bpmn").write_text(CARE, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "care.bpmn"])
    started(client, "care", done=False)
    query = ElementInstanceSearchQuery.from_dict({"filter": {"elementId": "desk"}})
    (found,) = client.search_element_instances(data=query).items
    return found


def activate(client: CamundaClient, key: Any, *elements: Any, cancel: bool = False) -> None:
    body = {"elements": list(elements), "cancelRemainingInstances": cancel}
    client.activate_ad_hoc_sub_process_activities(
        ad_hoc_sub_process_instance_key=key,
        data=AdHocSubProcessActivateActivitiesInstruction.from_dict(body),
    )


def open_tasks(client: CamundaClient) -> list[Any]:
    query = UserTaskSearchQuery.from_dict({"filter": {"state": "CREATED"}})
    return list(client.search_user_tasks(data=query).items)


def test_activities_begin_with_variables_of_their_own(client: CamundaClient, desk: Any) -> None:
    assert open_tasks(client) == []
    key = desk.element_instance_key
    activate(client, key, {"elementId": "call", "variables": {"number": 7}}, {"elementId": "write"})
    tasks = {task.element_id: task for task in open_tasks(client)}
    assert set(tasks) == {"call", "write"}
    query = VariableSearchQuery.from_dict({"filter": {"name": "number"}})
    (number,) = client.search_variables(data=query).items
    assert (number.value, number.scope_key) == ("7", tasks["call"].element_instance_key)
    activate(client, key, {"elementId": "call"}, cancel=True)
    (left,) = open_tasks(client)
    assert left.element_id == "call"
    done = UserTaskCompletionRequest.from_dict({"variables": {"done": True}})
    client.complete_user_task(user_task_key=left.user_task_key, data=done)
    assert state(client, desk.process_instance_key) == "COMPLETED"
    with pytest.raises(NotFoundError):
        activate(client, key, {"elementId": "call"})


def test_only_activities_of_an_ad_hoc_subprocess_begin(
    client: CamundaClient, desk: Any, login: Login
) -> None:
    with pytest.raises(ApiError, match="no activity of desk"):
        activate(client, desk.element_instance_key, {"elementId": "e"})
    with pytest.raises(ApiError, match="no ad-hoc subprocess"):
        activate(client, desk.process_instance_key, {"elementId": "call"})
    with pytest.raises(NotFoundError):
        activate(client, "1", {"elementId": "call"})
    path = f"/v2/element-instances/ad-hoc-activities/{desk.element_instance_key}/activation"
    body = {"elements": [{"elementId": "call"}]}
    assert login("clerk").post(path, json=body).status_code == 403
    assert open_tasks(client) == []
