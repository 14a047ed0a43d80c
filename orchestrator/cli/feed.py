"""Files of a folder go in as process instances; what became of each comes out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestrator.cli.client import JSON, Client, Refused

PROCESS = "invoice_to_pay"
WAITING = {
    "approve_invoice": "waiting for approval",
    "risk_review": "waiting for approval",
}
ENDED = {"booked": "booked", "split": "split"}


@dataclass(slots=True)
class Case:
    """One file, or one invoice of several in it, on its way. `outcome` is empty while it can move
    without a person, and "split" when its invoices are cases of their own."""

    file: str
    instance: str = ""
    outcome: str = ""
    reasons: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    erp_number: str = ""
    seconds: float = 0.0
    started: str = ""
    ended: str = ""


def feed(client: Client, folder: Path) -> Iterator[Case]:
    """Start one instance per file. The digest is its business key: the same file of the same
    name, fed again, finds its earlier instance."""
    for file in sorted(f for f in folder.iterdir() if f.is_file() and f.name[0] != "."):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        try:
            document = client.upload(file)
            started = client.start(PROCESS, {"document": document}, f"{file.name}:{digest}")
            yield Case(file.name, instance=str(started["processInstanceKey"]))
        except Refused as error:
            yield Case(file.name, outcome="refused", reasons=[error.message])


def settle(client: Client, cases: list[Case]) -> None:
    """Look where the cases stand; sets the outcome of each that only a person can move, or that
    has ended, and adds the cases that a file was split into. Three searches whatever their number,
    then details of those that have settled."""
    moving = [c for c in cases if c.instance and not c.outcome]
    tasks = {t["processInstanceKey"]: t for t in client.search("user-tasks", state="CREATED")}
    looks = client.search("second-looks", state={"$neq": "SETTLED"})
    held = {look["processInstanceKey"] for look in looks if look["holds"]}
    active = client.search("process-instances", processDefinitionId=PROCESS, state="ACTIVE")
    live = {i["processInstanceKey"]: i for i in active}
    callers = {i["parentProcessInstanceKey"] for i in active}
    for case in moving:
        instance = live.get(case.instance)
        if instance is None:
            instance = client.get(f"/v2/process-instances/{case.instance}")
            _ended(client, case, instance)
        elif instance["hasIncident"]:
            _incident(client, case)
        elif case.instance in tasks:
            _waiting(client, case, tasks[case.instance])
        elif case.instance in held:
            case.outcome, case.reasons = "waiting for review", ["the error budget is exceeded"]
        if case.outcome == "split" or case.instance in callers:
            parts = _parts(client, case)
            case.outcome = "split" if parts else ""
            cases += parts
        if case.outcome:
            _describe(client, case, instance)


def _parts(client: Client, case: Case) -> list[Case]:
    """The invoices of one file, once each of them has its instance."""
    found = client.search("process-instances", parentProcessInstanceKey=case.instance)
    wanted = (client.variables(case.instance).get("invoice") or {}).get("parts") or []
    if len(found) < len(wanted):
        return []
    keys = sorted((i["processInstanceKey"] for i in found), key=int)
    return [Case(f"{case.file} ({n} of {len(keys)})", key) for n, key in enumerate(keys, 1)]


def _waiting(client: Client, case: Case, task: JSON) -> None:
    case.outcome = WAITING.get(task["elementId"] or "", "waiting for review")
    case.ended = task["creationDate"]
    case.reasons += _task_reasons(client, task)


def _task_reasons(client: Client, task: JSON) -> list[str]:
    exception = client.get(f"/v2/user-tasks/{task['userTaskKey']}").get("exception")
    return [exception["message"]] if exception and exception.get("message") else []


def _incident(client: Client, case: Case) -> None:
    incidents = client.search("incidents", processInstanceKey=case.instance, state="ACTIVE")
    case.outcome = "incident"
    case.reasons += [i["errorMessage"] for i in incidents]


def _ended(client: Client, case: Case, instance: JSON) -> None:
    if instance["state"] == "ACTIVE":  # started after the search
        return
    elements = client.search("element-instances", processInstanceKey=case.instance)
    ends = [e["elementId"] for e in elements if "END" in e["type"].upper()]
    case.outcome = next((ENDED[e] for e in ends if e in ENDED), "rejected")
    case.ended = instance["endDate"] or ""


def _describe(client: Client, case: Case, instance: JSON) -> None:
    scope = client.variables(case.instance)
    invoice = scope.get("invoice") or {}
    case.fields = {k: v.get("value") for k, v in (invoice.get("fields") or {}).items()}
    case.erp_number = (scope.get("entry") or {}).get("erp_number", "")
    case.started = instance["startDate"]
    case.seconds = _seconds(case.started, case.ended)
    case.reasons += _reasons(case, scope, invoice)


def _reasons(case: Case, scope: JSON, invoice: JSON) -> list[str]:
    if case.outcome == "booked":
        return []
    if case.outcome == "waiting for approval":
        return [f"approval: {scope.get('approval_level')}"]
    errors = [f["message"] for f in scope.get("findings") or [] if f["severity"] == "error"]
    doubts = [d["message"] for d in invoice.get("doubts") or []]
    rule = (scope.get("routing") or {}).get("reason")
    refused = [
        (scope.get(name) or {}).get("reason") for name in ("review", "approval", "risk_decision")
    ]
    failed = (scope.get("error") or {}).get("message")
    return [r for r in (failed, *errors, *doubts, *refused, rule) if r]


def _seconds(start: str, end: str) -> float:
    if not (start and end):
        return 0.0
    return round((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds(), 1)
