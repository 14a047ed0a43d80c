"""The console in a real browser: every page keeps the accessibility rules (WCAG 2.1 AA, by axe), in
both themes; what went wrong is told in Chinese too."""

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from orchestrator.cli.feed import PROCESS, Case
from orchestrator.cli.up import FLOW, Stack
from samples.invoices.catalog import INVOICES
from samples.invoices.draw import draw
from tests.e2e.conftest import Feed, log_in

AXE = Path(__file__).resolve().parents[2] / "orchestrator/console/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SETTLED_MS = 700  # what fades in has its colours then
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def cases(feed: Feed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """One invoice of each outcome, by outcome."""
    folder = tmp_path_factory.mktemp("in")
    for outcome in ("booked", "review", "approval"):
        invoice = next(i for i in INVOICES if i.outcome == outcome and not i.twin)
        (folder / invoice.file).write_bytes(draw(invoice))
    return {case.outcome: case for case in feed(folder).values()}


@pytest.fixture(scope="module")
def migration(
    stack: Stack, cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """A plan to bring the waiting instances to a second version, its dry run done: the one that
    waits for approval is refused, since the mapping leaves it out."""
    changed = tmp_path_factory.mktemp("flow") / "invoice_to_pay.bpmn"
    text = (FLOW / changed.name).read_text()
    changed.write_text(text.replace('name="Enter into the ERP"', 'name="Enter it into the ERP"'))
    assert changed.read_text() != text
    stack.client.deploy([changed])
    versions = stack.client.search("process-definitions", processDefinitionId=PROCESS)
    first, second = sorted(versions, key=lambda d: d["version"])
    pair = {
        "sourceProcessDefinitionKey": first["processDefinitionKey"],
        "targetProcessDefinitionKey": second["processDefinitionKey"],
    }
    suggested = stack.client.post("/v2/migrations/suggestion", pair)["mappingInstructions"]
    kept = [one for one in suggested if one["sourceElementId"] != "approve_invoice"]
    made = stack.client.post("/v2/migrations", {**pair, "mappingInstructions": kept})
    deadline = time.monotonic() + 60
    while (made := stack.client.get(f"/v2/migrations/{made['migrationKey']}"))["state"] != "READY":
        assert time.monotonic() < deadline, made
        time.sleep(0.2)
    return made


TERMS = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="terms_file"
name="Terms" namespace="n"><decision id="terms" name="Terms"><context>
<contextEntry><variable name="days"/><literalExpression><text>7 + 7</text></literalExpression>
</contextEntry><contextEntry><variable name="rates"/><list><literalExpression><text>0.5</text>
</literalExpression></list></contextEntry></context></decision></definitions>"""
STOPPED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="stopped" isExecutable="true">
<startEvent id="s"/><scriptTask id="sum"><extensionElements>
<zeebe:script expression="=nosuch + 1" resultVariable="n"/></extensionElements></scriptTask>
<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="sum"/>
<sequenceFlow id="g" sourceRef="sum" targetRef="e"/></process></definitions>"""


@pytest.fixture(scope="module")
def drawn(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages of an instance that has stopped, and of a decision that is drawn as boxes."""
    folder = tmp_path_factory.mktemp("drawn")
    files = {"terms.dmn": TERMS, "stopped.bpmn": STOPPED}
    for name, text in files.items():
        (folder / name).write_text(text)
    stack.client.deploy([folder / name for name in files])
    stopped = stack.client.post("/v2/process-instances", {"processDefinitionId": "stopped"})
    asked = {"decisionDefinitionId": "terms", "variables": {}}
    made = stack.client.post("/v2/decision-definitions/evaluation", asked)["evaluatedDecisions"][0]
    return {
        "stopped": f"/processes/{stopped['processInstanceKey']}",
        "boxes": f"/decisions/instances/{made['decisionEvaluationInstanceKey']}",
    }


def breaches(page: Page) -> list[str]:
    """Of each rule that is broken, the elements that break it."""
    page.evaluate(AXE.read_text())
    rules = {"runOnly": RULES}
    found: list[dict[str, Any]] = page.evaluate("rules => axe.run(document, rules)", rules)[
        "violations"
    ]
    return [
        f"{one['id']} ({one['help']}): {[node['html'][:160] for node in one['nodes'][:4]]}"
        for one in found
    ]


def dialog(page: Page) -> list[str]:
    page.get_by_role("dialog").wait_for()
    page.wait_for_timeout(SETTLED_MS)
    return breaches(page)


def work_item(stack: Stack, case: Case) -> str:
    items = stack.client.search("work-items", processInstanceKey=case.instance)
    return str(items[0]["workItemKey"])


def task(stack: Stack, case: Case) -> str:
    (found,) = stack.client.search("user-tasks", processInstanceKey=case.instance)
    return str(found["userTaskKey"])


def decision(stack: Stack, case: Case) -> str:
    made = stack.client.search("decision-instances", processInstanceKey=case.instance)
    return str(made[0]["decisionEvaluationInstanceKey"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible(
    stack: Stack,
    cases: dict[str, Case],
    migration: dict[str, Any],
    drawn: dict[str, str],
    page: Page,
    theme: str,
) -> None:
    page.add_init_script(
        f"localStorage.setItem('deskhand.dark', '{theme == 'dark'}'.toLowerCase())"
    )
    page.goto("/")
    expect(page.get_by_label("User name")).to_be_visible()
    found = {"login": breaches(page)}
    log_in(page, stack, "admin")
    review, approval = cases["waiting for review"], cases["waiting for approval"]
    for path, sign in {
        f"/inbox/{task(stack, review)}": "canvas, .viewer-page img",
        f"/inbox/{task(stack, approval)}": "canvas, .viewer-page img",
        "/work": ".ant-table-row",
        f"/work/{work_item(stack, cases['booked'])}": ".attempt",
        "/processes": ".ant-table-row",
        f"/processes/{review.instance}": ".djs-shape",
        f"/processes/migrations/new/{migration['sourceProcessDefinitionKey']}": ".ant-table-row",
        f"/processes/migrations/{migration['migrationKey']}": ".ant-table-row",
        "/decisions": ".ant-table-row",
        f"/decisions/instances/{decision(stack, review)}": ".rule-matched",
        drawn["boxes"]: ".boxed .lit",
        drawn["stopped"]: ".ant-alert",
        f"/processes?process={PROCESS}": ".ant-table-row",
        "/vendors": ".page",
        "/quality": ".page",
        "/agents": ".ant-table-row",
    }.items():
        page.goto(path)
        page.locator(sign).first.wait_for()
        page.wait_for_timeout(SETTLED_MS)
        found[path] = breaches(page)
    page.get_by_role("button", name="Enrol").click()
    found["enrol"] = dialog(page)
    page.goto(f"/processes/{review.instance}")
    page.get_by_role("button", name="Modify").click()
    found["modify"] = dialog(page)
    page.goto(f"/processes?process={PROCESS}")
    page.get_by_role("button", name="Start an instance").click()
    page.get_by_label("Variables (JSON)").wait_for()
    found["start"] = dialog(page)
    assert {place: broken for place, broken in found.items() if broken} == {}


def test_the_rule_that_held_is_seen_in_its_table(
    stack: Stack, cases: dict[str, Case], page: Page
) -> None:
    log_in(page, stack, "admin")
    page.goto(f"/decisions/instances/{decision(stack, cases['waiting for review'])}")
    expect(page.locator("td.rule-matched").first).to_be_in_viewport()


def test_what_stopped_an_instance_is_told_in_chinese(
    stack: Stack, drawn: dict[str, str], page: Page, tmp_path: Path
) -> None:
    log_in(page, stack, "admin")
    page.get_by_text("中文").click()
    page.goto(drawn["stopped"])
    page.get_by_role("tab", name="事故").click()
    expect(page.get_by_text("“=nosuch + 1”为 null：没有名为“nosuch”的变量")).to_be_visible()
    page.get_by_role("tab", name="元素").click()
    page.get_by_role("button", name="展开行").click()
    expect(page.get_by_text("没有名为“nosuch”的变量", exact=True)).to_be_visible()
    refused = tmp_path / "refused.bpmn"
    refused.write_text(STOPPED.replace('targetRef="e"', 'targetRef="gone"'))
    page.goto("/processes")
    page.get_by_role("button", name="部署").click()
    page.locator("input[type=file]").set_input_files(refused)
    page.get_by_role("dialog").get_by_role("button", name="部 署").click()
    expect(page.get_by_text("targetRef“gone”不存在；请连接或删除")).to_be_visible()
