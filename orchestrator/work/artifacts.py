"""Files a run leaves behind: reports, logs, screenshots."""

from sqlmodel import col, select

from orchestrator.store.tables import Run, RunArtifact
from orchestrator.store.unit import Unit


def add(unit: Unit, run: Run, name: str, digest: str) -> RunArtifact:
    """Keep the stored document `digest` under `name`."""
    artifact = RunArtifact(
        key=unit.keys.next(), tenant_id=unit.tenant_id, run_key=run.key, name=name, digest=digest
    )
    unit.session.add(artifact)
    return artifact


def of(unit: Unit, run_key: int) -> list[RunArtifact]:
    """The artifacts of the run, oldest first."""
    query = select(RunArtifact).where(
        RunArtifact.tenant_id == unit.tenant_id, RunArtifact.run_key == run_key
    )
    return list(unit.session.exec(query.order_by(col(RunArtifact.key))))
