"""Every table, so that `SQLModel.metadata` is complete once this package is imported."""

from orchestrator.store.tables.people import ApiToken, Session, User, UserTask
from orchestrator.store.tables.process import (
    DecisionDefinition,
    ElementInstance,
    FormDefinition,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    Timer,
    Variable,
)
from orchestrator.store.tables.record import Document, LedgerEvent
from orchestrator.store.tables.work import (
    Agent,
    Attempt,
    EnrollmentToken,
    Run,
    RunArtifact,
    RunLog,
    WorkFile,
    WorkItem,
)

__all__ = [
    "Agent",
    "ApiToken",
    "Attempt",
    "DecisionDefinition",
    "Document",
    "ElementInstance",
    "EnrollmentToken",
    "FormDefinition",
    "Incident",
    "LedgerEvent",
    "ProcessDefinition",
    "ProcessInstance",
    "Run",
    "RunArtifact",
    "RunLog",
    "Session",
    "Timer",
    "User",
    "UserTask",
    "Variable",
    "WorkFile",
    "WorkItem",
]
