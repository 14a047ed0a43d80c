"""Deployed DMN files."""

from sqlmodel import col, select

from orchestrator.api.model import Filter, Key, Xml
from orchestrator.api.routes.decision_views import RequirementsView
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.store import keyed
from orchestrator.store.tables import DecisionRequirements
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/decision-requirements", tags=["decisions"])


class RequirementsFilter(Filter):
    decision_requirements_key: Match[Key] | None = None
    decision_requirements_id: Match[str] | None = None
    decision_requirements_name: Match[str] | None = None
    version: Match[int] | None = None
    resource_name: Match[str] | None = None
    tenant_id: Match[str] | None = None


COLUMNS = {
    "decisionRequirementsKey": col(DecisionRequirements.key),
    "decisionRequirementsId": col(DecisionRequirements.requirements_id),
    "decisionRequirementsName": col(DecisionRequirements.name),
    "version": col(DecisionRequirements.version),
    "resourceName": col(DecisionRequirements.resource_name),
    "tenantId": col(DecisionRequirements.tenant_id),
}


@router.post("/search")
def search_decision_requirements(
    body: Search[RequirementsFilter], caller: Anyone
) -> Found[RequirementsView]:
    with caller.searching() as unit:
        query = select(DecisionRequirements).where(
            unit.within(col(DecisionRequirements.tenant_id)),
            col(DecisionRequirements.deleted_at).is_(None),
        )
        rows, total = find(unit, query, body, COLUMNS, col(DecisionRequirements.key).desc())
        return page_of([RequirementsView.model_validate(row) for row in rows], total, body)


@router.get("/{key}")
def get_decision_requirements(key: Key, caller: Anyone) -> RequirementsView:
    with caller.begin() as unit:
        return RequirementsView.model_validate(_one(unit, key))


@router.get("/{key}/xml", response_class=Xml)
def get_decision_requirements_xml(key: Key, caller: Anyone) -> Xml:
    """The DMN resource as it was deployed."""
    with caller.begin() as unit:
        return Xml(_one(unit, key).xml)


def _one(unit: Unit, key: int) -> DecisionRequirements:
    missing = f"There are no decision requirements {key}."
    return keyed.get(unit, DecisionRequirements, key, missing, "decision.not_found")
