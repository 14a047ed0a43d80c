"""Variables through Camunda's own Python client, unmodified."""

from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    VariableSearchQuery,
)

from tests.service.camunda import started


def test_values_of_variables_are_json_in_a_string(deployed: CamundaClient) -> None:
    values = {
        "text": "abc",
        "number": 1.5,
        "none": None,
        "list": [1, {"a": "é"}],
        "long": "x" * 9000,
    }
    key = started(deployed, "task", **values).process_instance_key
    query: dict[str, Any] = {
        "filter": {"processInstanceKey": key},
        "sort": [{"field": "name", "order": "ASC"}],
    }
    found = deployed.search_variables(data=VariableSearchQuery.from_dict(query)).items
    assert [(v.name, v.value, v.is_truncated) for v in found] == [
        ("list", '[1,{"a":"é"}]', False),
        ("long", '"' + "x" * 8190, True),
        ("none", "null", False),
        ("number", "1.5", False),
        ("text", '"abc"', False),
    ]
    whole = deployed.get_variable(variable_key=found[1].variable_key)
    assert whole.value == '"' + "x" * 9000 + '"'


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"value": '"abc"'}, ["a"]),
        ({"value": "null"}, ["none"]),
        ({"value": {"$in": ['{"b": 1}', "7"]}}, ["object", "z"]),
        ({"value": {"$in": []}}, []),
        ({"value": {"$notIn": []}, "name": "z"}, ["z"]),
        ({"value": {"$like": "*bc*"}, "name": {"$neq": "z"}}, ["a"]),
        ({"isTruncated": True}, []),
        ({"value": {"$gt": "5"}}, ["object", "z"]),
    ],
)
def test_variables_are_found_by_value(
    deployed: CamundaClient, condition: dict[str, Any], names: list[str]
) -> None:
    started(deployed, "task", a="abc", none=None, object={"b": 1}, z=7)
    query = VariableSearchQuery.from_dict({"filter": condition})
    assert [v.name for v in deployed.search_variables(data=query).items] == names
