"""Apply the rules to an invoice."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from robocorp.workitems import BusinessException

from .kinds import KINDS
from .record import record_of
from .reference import Reference, load
from .rules import Case, Finding, Rule, load_rules

_BOT = Path(__file__).resolve().parent.parent
REFERENCE_VARIABLE = "DESKHAND_REFERENCE_DIR"


def check(case: Case, rules: Sequence[Rule]) -> list[Finding]:
    """The findings of every rule, in the order of the rules."""
    return [
        _finding(rule, {name: str(value) for name, value in breach.items()})
        for rule in rules
        for breach in KINDS[rule.kind](rule, case)
    ]


def _finding(rule: Rule, values: Mapping[str, str]) -> Finding:
    return Finding(rule.field, rule.severity, rule.id, rule.message.format_map(values), values)


def case_of(payload: Mapping[str, Any], reference: Reference, today: dt.date) -> Case:
    """The case in a work item's payload; BusinessException `invoice.missing` without an invoice."""
    invoice = payload.get("invoice")
    if not isinstance(invoice, Mapping):
        raise BusinessException(
            "The work item holds no invoice to check. Read the document first.",
            code="invoice.missing",
        )
    record = record_of(invoice)
    known = [record_of(each) for each in payload.get("known_invoices") or []]
    return Case(record, reference, reference.vendor_of(record), known, today)


def check_payload(payload: Any) -> dict[str, Any]:
    """The output of a work item: `findings`; `valid` when none of them is an error; `vendor`, the
    row of the vendor master, when two signs on the invoice prove it, else null."""
    reference = load(Path(os.environ.get(REFERENCE_VARIABLE) or _BOT / "reference"))
    rules = load_rules(_BOT / "rules.yaml", KINDS)
    today = dt.datetime.now(dt.UTC).date()
    case = case_of(payload if isinstance(payload, dict) else {}, reference, today)
    findings = check(case, rules)
    proven = case.vendor is not None and reference.proves(case.vendor, case.record)
    return {
        "findings": [vars(finding) for finding in findings],
        "valid": not any(finding.severity == "error" for finding in findings),
        "vendor": vars(case.vendor) if case.vendor and proven else None,
    }
