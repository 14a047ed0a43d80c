"""Migration plans: many running instances go to another definition, and back."""

from sqlmodel import col, select

from orchestrator.api.model import Key
from orchestrator.api.routes.change_models import (
    MappingInstruction,
    elements_of,
)
from orchestrator.api.routes.migration_models import (
    Canary,
    Counts,
    ElementName,
    Go,
    MemberFilter,
    MemberView,
    MigrationFilter,
    MigrationView,
    NewMigration,
    Pair,
    Suggestion,
)
from orchestrator.api.search import Found, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, ProcessManager
from orchestrator.bpmn.change.plan import same_ids
from orchestrator.process import definitions
from orchestrator.process.migrations import plans
from orchestrator.store.tables import Migration, MigrationMember
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/migrations", tags=["migrations"])

COLUMNS = {
    "migrationKey": col(Migration.key),
    "sourceProcessDefinitionKey": col(Migration.source_key),
    "targetProcessDefinitionKey": col(Migration.target_key),
    "state": col(Migration.state),
    "createdAt": col(Migration.created_at),
}
MEMBER_COLUMNS = {
    "processInstanceKey": col(MigrationMember.instance_key),
    "state": col(MigrationMember.state),
    "verdict": col(MigrationMember.verdict),
}


@router.post("")
def create_migration(body: NewMigration, caller: ProcessManager) -> MigrationView:
    """Plans it and begins the dry run, which changes nothing."""
    elements = elements_of(body.mapping_instructions)
    source, target = body.source_process_definition_key, body.target_process_definition_key
    with caller.begin() as unit:
        return _view(unit, plans.create(unit, source, target, elements, body.process_instance_keys))


@router.post("/suggestion")
def suggest_mapping(body: Pair, caller: Anyone) -> Suggestion:
    """The mapping of same ids, and what else could be mapped."""
    with caller.begin() as unit:
        source, target = (
            definitions.executable(definitions.by_key(unit, key))
            for key in (body.source_process_definition_key, body.target_process_definition_key)
        )
    names = [
        [
            ElementName(element_id=e.id, element_name=e.name, type=e.kind)
            for e in definition.elements.values()
        ]
        for definition in (source, target)
    ]
    return Suggestion(
        mapping_instructions=_mapping(same_ids(source, target)),
        source_elements=names[0],
        target_elements=names[1],
    )


@router.post("/search")
def search_migrations(body: Search[MigrationFilter], caller: Anyone) -> Found[MigrationView]:
    with caller.searching() as unit:
        query = select(Migration).where(unit.within(col(Migration.tenant_id)))
        rows, total = find(unit, query, body, COLUMNS, col(Migration.key).desc())
        return page_of([_view(unit, row) for row in rows], total, body)


@router.get("/{key}")
def get_migration(key: Key, caller: Anyone) -> MigrationView:
    with caller.begin() as unit:
        return _view(unit, plans.get(unit, key))


@router.post("/{key}/instances/search")
def search_migration_instances(
    key: Key, body: Search[MemberFilter], caller: Anyone
) -> Found[MemberView]:
    """What the dry run says of each instance, and whether it has gone."""
    with caller.searching() as unit:
        plans.get(unit, key)
        query = select(MigrationMember).where(MigrationMember.migration_key == key)
        rows, total = find(unit, query, body, MEMBER_COLUMNS, col(MigrationMember.instance_key))
        return page_of([_member(row) for row in rows], total, body)


@router.post("/{key}/dry-run")
def check_migration_again(key: Key, caller: ProcessManager) -> MigrationView:
    """Begins the dry run anew."""
    with caller.begin() as unit:
        return _view(unit, plans.check_again(unit, key))


@router.post("/{key}/canary")
def start_canary(key: Key, body: Canary, caller: ProcessManager) -> MigrationView:
    """The first few go; then it pauses."""
    with caller.begin() as unit:
        return _view(unit, plans.start_canary(unit, key, body.size, risky=body.include_risky))


@router.post("/{key}/continuation")
def continue_migration(key: Key, body: Go, caller: ProcessManager) -> MigrationView:
    """All others go, in batches."""
    with caller.begin() as unit:
        return _view(unit, plans.go_on(unit, key, risky=body.include_risky))


@router.post("/{key}/pause")
def pause_migration(key: Key, caller: ProcessManager) -> MigrationView:
    with caller.begin() as unit:
        return _view(unit, plans.pause(unit, key))


@router.post("/{key}/reversion")
def revert_migration(key: Key, caller: ProcessManager) -> MigrationView:
    """All that have gone come back: exactly as they were, when nothing has happened to them
    since, else from where they are."""
    with caller.begin() as unit:
        return _view(unit, plans.revert(unit, key))


def _view(unit: Unit, row: Migration) -> MigrationView:
    source = definitions.by_key(unit, row.source_key)
    target = definitions.by_key(unit, row.target_key)
    found = plans.counts(unit, row.key)
    counted = {name: found.get(name.upper(), 0) for name in Counts.model_fields if name != "total"}
    return MigrationView(
        migration_key=row.key,
        process_definition_id=source.process_id,
        source_process_definition_key=source.key,
        source_version=source.version,
        target_process_definition_key=target.key,
        target_version=target.version,
        mapping_instructions=_mapping(row.elements),
        state=row.state,
        instances=Counts(total=sum(found.values()), **counted),
        created_by=row.created_by,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


def _mapping(elements: dict[str, str]) -> list[MappingInstruction]:
    return [
        MappingInstruction(source_element_id=source, target_element_id=target)
        for source, target in elements.items()
    ]


def _member(row: MigrationMember) -> MemberView:
    report = {"reason": "", "stuck_at": [], "missing": [], "findings": [], **(row.report or {})}
    return MemberView(
        process_instance_key=row.instance_key,
        state=row.state,
        verdict=row.verdict,
        **report,
    )
