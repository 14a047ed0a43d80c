"""Ad-hoc subprocess: activities without an order between them (BPMN 2.0, 13.3.5)."""

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import AdHocSpec, Element
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live

TODO = "todo"
COMPLETE = "complete"


class AdHoc(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        spec = _spec(element)
        ids = run.definition.starts[element.id]
        if spec.active is not None:
            ids = _ids(run.evaluate(spec.active, live.key), element)
        if spec.sequential:
            run.emit(e.Noted(live.key, TODO, list(ids[1:])))
            ids = ids[:1]
        begin(run, live, element, ids)

    def child_ended(self, run: Run, live: Live, element: Element) -> None:
        spec = _spec(element)
        complete = live.data.get(COMPLETE, False)
        if spec.completion is not None and not complete:
            what = f"The completion condition of {element.id}"
            complete = run.holds(spec.completion, live.key, what)
        idle = not live.children and not live.joins
        if complete and (idle or spec.cancel_remaining):
            tokens.stop_children(run, live.key)
            tokens.finish(run, live.key, {})
        elif complete:
            run.emit(e.Noted(live.key, COMPLETE, True))
        elif idle and live.data.get(TODO):
            first, *left = live.data[TODO]
            run.emit(e.Noted(live.key, TODO, left))
            begin(run, live, element, (first,))
        elif idle and spec.completion is None:
            tokens.finish(run, live.key, {})


def begin(
    run: Run,
    live: Live,
    element: Element,
    ids: Iterable[str],
    variables: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Begin activities of the subprocess, each with its variables, if it has any. Raises Failed
    for one that is not in it."""
    for found, known in zip(ids, chain(variables, repeat({})), strict=False):
        inner = run.definition.elements.get(found)
        if inner is None or inner.scope != element.id:
            raise Failed("EXTRACT_VALUE_ERROR", f"'{found}' is no activity of {element.id}.")
        run.set_local(tokens.begin(run, inner, live.key), known)


def _ids(found: object, element: Element) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(x, str) for x in found):
        raise Failed("EXTRACT_VALUE_ERROR", f"The active elements of {element.id}: {found!r}")
    return tuple(found)


def _spec(element: Element) -> AdHocSpec:
    assert element.ad_hoc is not None  # noqa: S101  the parser gives every one its spec
    return element.ad_hoc
