"""Service task: a work item in the queue its type names."""

from orchestrator.bpmn import events as e
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live
from orchestrator.feel import Expression

REFERENCE = "reference"
"""The task header whose value makes the item unique in its queue."""


class Service(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        work = element.work
        assert work is not None  # noqa: S101  the model's validation
        headers = {
            name: run.evaluate(value, live.key) if name != REFERENCE else _shown(value)
            for name, value in work.headers.items()
        }
        run.emit(
            e.WorkCreated(
                live.key,
                run.text(work.type, live.key, "The task type") or "",
                work.retries,
                headers,
                _payload(run, live, element),
                run.text(work.headers.get(REFERENCE), live.key, "The reference"),
            )
        )


def _shown(value: Expression | str) -> str:
    return f"={value.text}" if isinstance(value, Expression) else value


def _payload(run: Run, live: Live, element: Element) -> dict[str, object]:
    """The io mapping's inputs; every visible variable when there are none."""
    if element.inputs:
        return dict(run.state.variables(live.key))
    return run.state.visible(live.key)
