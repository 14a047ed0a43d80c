"""A rules file says what is wrong with it before any invoice is checked."""

from pathlib import Path

import pytest

from bots.data_validation.checking.kinds import KINDS
from bots.data_validation.checking.rules import BadRule, load_rules

RULE = "  - {id: a, field: net, severity: error, kind: required, message: No net.}\n"


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        (RULE.replace("message: No net.", ""), "lacks message"),
        (RULE.replace("kind: required", "kind: magic"), "has the kind magic"),
        (RULE.replace("severity: error", "severity: fatal"), "has severity fatal"),
        (RULE + RULE, "stands in the file twice"),
    ],
)
def test_a_bad_rule_is_named(rules: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("rules:\n" + rules, encoding="utf-8")
    with pytest.raises(BadRule, match=complaint):
        load_rules(path, KINDS)


def test_what_is_not_a_rules_own_key_belongs_to_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("rules:\n" + RULE.replace("}", ", limit: 5}"), encoding="utf-8")
    (rule,) = load_rules(path, KINDS)
    assert rule.parameters == {"limit": 5}
