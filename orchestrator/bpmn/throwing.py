"""What a throw or end event does for each kind of its triggers (BPMN 2.0, 10.5.6)."""

from collections.abc import Callable

from orchestrator.bpmn import compensation, propagation, timers, tokens
from orchestrator.bpmn import events as e
from orchestrator.bpmn.model import Trigger
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


def throw(run: Run, live: Live, trigger: Trigger) -> bool:
    """Whether the event goes on at once: not when it was stopped by what it threw, and not while
    it waits for compensation. Raises Failed."""
    return _THROWS[trigger.kind](run, live, trigger) and run.state.get(live.key) is not None


def _message(run: Run, live: Live, trigger: Trigger) -> bool:
    name = run.text(trigger.name, live.key, "The message name") or ""
    correlation = run.evaluate(trigger.correlation_key, live.key)
    shown = "" if correlation is None else str(correlation)
    message_id = run.text(trigger.message_id, live.key, "The message id")
    lifetime = timers.lifetime(run, trigger, live.key)
    variables = run.state.visible(live.key)
    run.emit(e.MessageSent(live.key, name, shown, variables, message_id, lifetime))
    return True


def _signal(run: Run, live: Live, trigger: Trigger) -> bool:
    name = run.text(trigger.name, live.key, "The signal name") or ""
    run.emit(e.SignalSent(live.key, name, dict(run.state.variables(live.key))))
    return True


def _error(run: Run, live: Live, trigger: Trigger) -> bool:
    code = run.text(trigger.name, live.key, "The error code") or ""
    local = dict(run.state.variables(live.key))
    propagation.throw_error(run, live.key, code, run.element(live).name, local)
    return False


def _escalation(run: Run, live: Live, trigger: Trigger) -> bool:
    code = run.text(trigger.name, live.key, "The escalation code") or ""
    propagation.escalate(run, live.key, code, dict(run.state.variables(live.key)))
    return True


def _compensate(run: Run, live: Live, trigger: Trigger) -> bool:
    scope = compensation.scope_of(run, live)
    done = compensation.done_in(run, scope, trigger.activity)
    if trigger.waits:
        return compensation.begin(run, live.key, scope.key, done)
    for one in reversed(done):
        compensation.undo(run, scope.key, one, driver=None)
    return True


def _terminate(run: Run, live: Live, trigger: Trigger) -> bool:
    tokens.stop_children(run, run.live(live.scope_key).key, but=live.key)
    return True


def _cancel(run: Run, live: Live, trigger: Trigger) -> bool:
    scope = run.live(live.scope_key)
    tokens.stop_children(run, scope.key, but=live.key)
    if compensation.begin(run, live.key, scope.key, compensation.done_in(run, scope, None)):
        compensation.cancel(run, live)
    return False


_THROWS: dict[str, Callable[[Run, Live, Trigger], bool]] = {
    "message": _message,
    "signal": _signal,
    "error": _error,
    "escalation": _escalation,
    "compensate": _compensate,
    "terminate": _terminate,
    "cancel": _cancel,
}
