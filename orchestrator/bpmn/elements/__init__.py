"""What each kind of element does; to add a kind, add a file and name it here."""

from collections.abc import Mapping

from orchestrator.bpmn.elements import (
    ad_hoc,
    business_rule,
    call,
    catch,
    exclusive,
    inclusive,
    script,
    service,
    start,
    subprocess,
    through,
    throw,
    user,
)
from orchestrator.bpmn.run import Behaviour

BEHAVIOURS: Mapping[str, Behaviour] = {
    "startEvent": start.Start(),
    "intermediateCatchEvent": catch.Catch(),
    "intermediateThrowEvent": throw.Throw(),
    "boundaryEvent": catch.Catch(),
    "endEvent": throw.Throw(),
    "task": through.Through(),
    "manualTask": through.Through(),
    "serviceTask": service.Service(),
    "sendTask": throw.Throw(),
    "receiveTask": catch.Catch(),
    "userTask": user.User(),
    "businessRuleTask": business_rule.BusinessRule(),
    "scriptTask": script.Script(),
    "callActivity": call.Call(),
    "subProcess": subprocess.Subprocess(),
    "transaction": subprocess.Subprocess(),
    "adHocSubProcess": ad_hoc.AdHoc(),
    "parallelGateway": through.Through(),
    "exclusiveGateway": exclusive.Exclusive(),
    "inclusiveGateway": inclusive.Inclusive(),
    "complexGateway": inclusive.Inclusive(),
    "eventBasedGateway": catch.EventBased(),
}
