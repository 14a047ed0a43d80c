"""User task: work for a person."""

from orchestrator.bpmn import events as e
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live

PRIORITY = 50  # Camunda's default, of 0 to 100


class User(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        spec = element.user
        assert spec is not None  # noqa: S101  the parser gives every user task one
        priority = run.evaluate(spec.priority, live.key)
        run.emit(
            e.UserTaskCreated(
                live.key,
                element.name,
                spec.form_id,
                run.text(spec.assignee, live.key, "The assignee"),
                _groups(run.evaluate(spec.candidate_groups, live.key)),
                run.text(spec.due, live.key, "The due date"),
                int(priority) if priority is not None else PRIORITY,
                list(spec.separate_from),
            )
        )


def _groups(found: object) -> list[str]:
    if isinstance(found, list):
        return [str(g) for g in found]
    return [g.strip() for g in str(found or "").split(",") if g.strip()]
