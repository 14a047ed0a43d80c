"""What each kind of element does; to add a kind, add a file and name it here."""

from collections.abc import Mapping

from orchestrator.bpmn.elements import (
    boundary,
    business_rule,
    error_end,
    exclusive,
    script,
    service,
    subprocess,
    terminate_end,
    through,
    timer_catch,
    user,
)
from orchestrator.bpmn.run import Behaviour

BEHAVIOURS: Mapping[str, Behaviour] = {
    "startEvent": through.Through(),
    "endEvent": through.Through(),
    "task": through.Through(),
    "manualTask": through.Through(),
    "intermediateThrowEvent": through.Through(),
    "parallelGateway": through.Through(),
    "exclusiveGateway": exclusive.Exclusive(),
    "serviceTask": service.Service(),
    "userTask": user.User(),
    "businessRuleTask": business_rule.BusinessRule(),
    "scriptTask": script.Script(),
    "subProcess": subprocess.Subprocess(),
    "timerIntermediateCatchEvent": timer_catch.TimerCatch(),
    "timerBoundaryEvent": boundary.Boundary(),
    "errorBoundaryEvent": boundary.Boundary(),
    "terminateEndEvent": terminate_end.TerminateEnd(),
    "errorEndEvent": error_end.ErrorEnd(),
}
