"""How many invalid models are refused: `python -m tests.conformance.must_reject DIR`.

A model counts as refused for breaking the standard, not for what the engine cannot run.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from orchestrator.bpmn.rules import check
from orchestrator.kernel.errors import Finding, InvalidModel
from orchestrator.kernel.xml import parse_xml


def findings(file: Path) -> list[Finding]:
    """The breaches in a file; one that is no XML has one."""
    try:
        return check(parse_xml(file.read_bytes(), "The model"))
    except InvalidModel as error:
        return [Finding(file.name, error.code, error.message)]


def run(folder: Path) -> dict[str, Any]:
    files = sorted(folder.rglob("*.bpmn"))
    found = {str(file.relative_to(folder)): findings(file) for file in files}
    return {
        "total": len(found),
        "refused": sum(bool(f) for f in found.values()),
        "accepted": [name for name, f in found.items() if not f],
        "findings": {name: [vars_of(x) for x in f] for name, f in found.items()},
    }


def vars_of(finding: Finding) -> dict[str, str]:
    return {"element": finding.element, "rule": finding.rule, "message": finding.message}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    json.dump(run(parser.parse_args().folder), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
