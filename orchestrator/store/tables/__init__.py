"""Every table, so that `SQLModel.metadata` is complete once this package is imported."""

from orchestrator.store.tables.access import Authorization, CustomRole, Group, Tenant
from orchestrator.store.tables.batch import BatchItem, BatchOperation
from orchestrator.store.tables.change import Migration, MigrationMember
from orchestrator.store.tables.configuration import ClusterVariable
from orchestrator.store.tables.decisions import (
    DecisionDefinition,
    DecisionInstance,
    DecisionRequirements,
)
from orchestrator.store.tables.people import ApiToken, LoginFailure, Session, User, UserTask
from orchestrator.store.tables.process import (
    Compensable,
    ElementInstance,
    FormDefinition,
    Incident,
    LoopOutput,
    ProcessDefinition,
    ProcessInstance,
    Variable,
)
from orchestrator.store.tables.quality import ErrorBudget, SecondLook
from orchestrator.store.tables.record import Document, LedgerEvent
from orchestrator.store.tables.vendors import Vendor, VendorVersion
from orchestrator.store.tables.waiting import (
    Delivery,
    Message,
    MessageCorrelation,
    Subscription,
    Timer,
)
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
    "Authorization",
    "BatchItem",
    "BatchOperation",
    "ClusterVariable",
    "Compensable",
    "CustomRole",
    "DecisionDefinition",
    "DecisionInstance",
    "DecisionRequirements",
    "Delivery",
    "Document",
    "ElementInstance",
    "EnrollmentToken",
    "ErrorBudget",
    "FormDefinition",
    "Group",
    "Incident",
    "LedgerEvent",
    "LoginFailure",
    "LoopOutput",
    "Message",
    "MessageCorrelation",
    "Migration",
    "MigrationMember",
    "ProcessDefinition",
    "ProcessInstance",
    "Run",
    "RunArtifact",
    "RunLog",
    "SecondLook",
    "Session",
    "Subscription",
    "Tenant",
    "Timer",
    "User",
    "UserTask",
    "Variable",
    "Vendor",
    "VendorVersion",
    "WorkFile",
    "WorkItem",
]
