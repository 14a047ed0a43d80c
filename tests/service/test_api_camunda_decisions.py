"""Decisions through Camunda's own Python client, unmodified."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    DecisionDefinitionSearchQuery,
    DecisionEvaluationByID,
    DecisionInstanceSearchQuery,
    DecisionRequirementsSearchQuery,
    IncidentSearchQuery,
    ProcessCreationById,
)

from orchestrator.kernel.errors import InvalidModel
from orchestrator.process import decisions
from orchestrator.process.definitions import _decisions
from orchestrator.process.deploy import deploy
from orchestrator.store.database import Database
from tests.service.camunda import RISK, configuration

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
RATES = f"""<definitions xmlns="{DMN}" id="rates" name="Rates" namespace="urn:rates">
<decision id="rate" name="rate"><variable name="rate"/><literalExpression><text>0.2</text>
</literalExpression></decision></definitions>"""
TAX = f"""<definitions xmlns="{DMN}" id="tax" name="Tax" namespace="urn:tax">
<import name="r" namespace="urn:rates" importType="{DMN}"/>
<decision id="due" name="due"><variable name="due"/><informationRequirement>
<requiredDecision href="urn:rates#rate"/></informationRequirement>
<literalExpression><text>sum * r.rate</text></literalExpression></decision></definitions>"""
PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="rate" isExecutable="true">
<startEvent id="s"/><businessRuleTask id="decide"><extensionElements>
<zeebe:calledDecision decisionId="risk" resultVariable="risk"/></extensionElements>
</businessRuleTask><userTask id="look"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="decide"/>
<sequenceFlow id="f2" sourceRef="decide" targetRef="look"/>
<sequenceFlow id="f3" sourceRef="look" targetRef="e"/></process></definitions>"""

TWICE = RISK.replace('"FIRST"', '"UNIQUE"')


@pytest.fixture
def client(address: str, tmp_path: Path) -> Iterator[CamundaClient]:
    with CamundaClient(configuration(address)) as made:
        for name, text in (("risk.dmn", RISK), ("rate.bpmn", PROCESS)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        made.deploy_resources_from_files([tmp_path / "risk.dmn", tmp_path / "rate.bpmn"])
        yield made


def found(client: CamundaClient, **condition: Any) -> list[Any]:
    query = DecisionInstanceSearchQuery.from_dict({"filter": condition})
    return list(client.search_decision_instances(data=query).items)


def test_each_evaluation_is_kept_with_what_it_saw_and_gave(client: CamundaClient) -> None:
    data = {"decisionDefinitionId": "risk", "variables": {"sum": 500}}
    made = client.evaluate_decision(data=DecisionEvaluationByID.from_dict(data))
    (kept,) = found(client, decisionEvaluationKey=made.decision_evaluation_key)
    assert (kept.result, kept.state.value, kept.process_instance_key) == (
        '"high"',
        "EVALUATED",
        None,
    )
    whole = client.get_decision_instance(
        decision_evaluation_instance_key=kept.decision_evaluation_instance_key
    )
    assert [i.input_value for i in whole.evaluated_inputs] == ["500"]
    assert [r.rule_id for r in whole.matched_rules] == ["r1"]
    assert whole.matched_rules[0].evaluated_outputs[0].output_value == '"high"'


def test_the_decisions_of_a_process_are_kept(client: CamundaClient) -> None:
    data = {"processDefinitionId": "rate", "variables": {"sum": 7}}
    started = client.create_process_instance(data=ProcessCreationById.from_dict(data))
    (kept,) = found(client, processInstanceKey=started.process_instance_key)
    assert (kept.decision_definition_id, kept.result) == ("risk", '"low"')
    assert kept.process_definition_key == started.process_definition_key
    assert found(client, decisionDefinitionType="LITERAL_EXPRESSION") == []


def test_a_decision_that_cannot_answer_is_kept_as_failed(
    client: CamundaClient, tmp_path: Path
) -> None:
    (tmp_path / "risk.dmn").write_text(TWICE, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "risk.dmn"])
    data = {"decisionDefinitionId": "risk", "variables": {"sum": 500}}
    made = client.evaluate_decision(data=DecisionEvaluationByID.from_dict(data))
    assert (made.output, made.failed_decision_definition_id) == ("null", "risk")
    assert "UNIQUE" in str(made.failure_message)
    (kept,) = found(client, state="FAILED")
    assert kept.decision_evaluation_key == made.decision_evaluation_key
    assert kept.evaluation_failure == made.failure_message
    assert found(client, evaluationFailure={"$like": "*UNIQUE*"}, state="EVALUATED") == []
    whole = client.get_decision_instance(
        decision_evaluation_instance_key=kept.decision_evaluation_instance_key
    )
    assert [r.rule_id for r in whole.matched_rules] == ["r1", "r2"]


def test_a_process_stops_at_a_decision_that_cannot_answer(
    client: CamundaClient, tmp_path: Path
) -> None:
    (tmp_path / "risk.dmn").write_text(TWICE, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "risk.dmn"])
    data = {"processDefinitionId": "rate", "variables": {"sum": 500}}
    started = client.create_process_instance(data=ProcessCreationById.from_dict(data))
    (kept,) = found(client, processInstanceKey=started.process_instance_key)
    assert (kept.state.value, kept.result) == ("FAILED", "null")
    (incident,) = client.search_incidents(data=IncidentSearchQuery()).items
    assert incident.error_type.value == "DECISION_EVALUATION_ERROR"


def test_an_endless_decision_fails_and_is_kept(client: CamundaClient, tmp_path: Path) -> None:
    endless = RATES.replace("0.2", "count(for i in 1..10000, j in 1..10000 return i)")
    (tmp_path / "rates.dmn").write_text(endless, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "rates.dmn"])
    data = DecisionEvaluationByID.from_dict({"decisionDefinitionId": "rate"})
    made = client.evaluate_decision(data=data)
    (kept,) = found(client, state="FAILED")
    assert kept.evaluation_failure == made.failure_message


def test_a_dmn_file_is_found_with_its_decisions(client: CamundaClient) -> None:
    query = DecisionRequirementsSearchQuery.from_dict({"filter": {"resourceName": "risk.dmn"}})
    (file,) = client.search_decision_requirements(data=query).items
    key = file.decision_requirements_key
    assert client.get_decision_requirements(decision_requirements_key=key).version == 1
    assert client.get_decision_requirements_xml(decision_requirements_key=key) == RISK
    wanted = {"filter": {"decisionRequirementsKey": key, "isLatestVersion": True}}
    decided = DecisionDefinitionSearchQuery.from_dict(wanted)
    (decision,) = client.search_decision_definitions(data=decided).items
    assert decision.decision_requirements_id == file.decision_requirements_id


def test_files_of_a_deployment_import_one_another(database: Database) -> None:
    with database.begin(actor="test") as unit:
        deploy(unit, [("tax.dmn", TAX.encode()), ("rates.dmn", RATES.encode())])
    _decisions.cache_clear()  # as after a restart
    with database.begin(actor="test") as unit:
        row = decisions.wanted(unit, "due", None)
        assert decisions.evaluate(unit, row, {"sum": 50}).value == 10


def test_another_imported_file_makes_another_version(database: Database) -> None:
    dearer = RATES.replace("0.2", "0.4").encode()
    with database.begin(actor="test") as unit:
        deploy(unit, [("tax.dmn", TAX.encode()), ("rates.dmn", RATES.encode())])
        again = deploy(unit, [("rates.dmn", dearer), ("tax.dmn", TAX.encode())])
        assert [row.version for row in again.decisions] == [2, 2]
        row = decisions.wanted(unit, "due", None)
        assert decisions.evaluate(unit, row, {"sum": 50}).value == 20


def test_an_import_that_is_not_in_the_deployment_is_refused(database: Database) -> None:
    with pytest.raises(InvalidModel, match="urn:rates"), database.begin(actor="test") as unit:
        deploy(unit, [("tax.dmn", TAX.encode())])
