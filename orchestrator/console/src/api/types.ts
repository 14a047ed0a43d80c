/** The wire shapes, named for the console; `schema.d.ts` is generated from openapi.json. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Variables = Record<string, unknown>;

export interface SearchQuery {
  filter?: Record<string, unknown>;
  sort?: Schemas["Sort"][];
  page?: Partial<Schemas["Page"]>;
}

export interface SearchResult<T> {
  items: T[];
  page: { totalItems: number };
}

export type Session = Schemas["SessionView"];
export type User = Session["user"];
export type Permission = Session["permissions"][number];
export type DocumentReference = Schemas["DocumentReference"];
export type UserTask = Schemas["TaskView"];
export type UserTaskDetail = Schemas["TaskDetail"];
export type Queue = Schemas["QueueView"];
export type WorkItem = Schemas["ItemView"];
export type WorkItemDetail = Schemas["ItemDetail"];
export type WorkItemState = "NEW" | "LEASED" | "DONE" | "FAILED" | "REVIEW" | "CANCELLED";
export type Attempt = Schemas["AttemptView"];
export type LogLine = Schemas["NumberedLine"];
export type ProcessDefinition = Schemas["ProcessDefinitionView"];
export type Decision = Schemas["DecisionView"];
export type DecisionInstance = Schemas["DecisionInstanceView"];
export type DecisionInstanceDetail = Schemas["DecisionInstanceDetail"];
export type Evaluated = Schemas["Evaluated"];
export type Deployment = Schemas["DeploymentView"];
export type FormDefinition = Schemas["FormView"];
export type NewInstance = Partial<Schemas["NewInstance"]>;
export type StartedInstance = Schemas["StartedView"];
export type ProcessInstance = Schemas["InstanceView"];
export type ElementInstance = Schemas["ElementView"];
export type Variable = Schemas["VariableSearchResult"];
export type Incident = Schemas["IncidentView"];
export type LedgerEvent = Schemas["HistoryEvent"];
export type Forecast = Schemas["ForecastView"];
export type Modification = Schemas["Modification"];
export type Mapping = Schemas["MappingInstruction"];
export type Suggestion = Schemas["Suggestion"];
export type ElementName = Schemas["ElementName"];
export type Migration = Schemas["MigrationView"];
export type MigrationMember = Schemas["MemberView"];
export type Agent = Schemas["AgentView"];
export type Vendor = Schemas["VendorView"];
export type VendorDetail = Schemas["VendorDetail"];
export type VendorVersion = Schemas["VersionView"];
export type CurvePoint = Schemas["CurvePoint"];

export type ErrorBudget = Schemas["ErrorBudgetView"];
export type ErrorBudgetDetail = Schemas["ErrorBudgetDetail"];
export type ErrorCount = Schemas["Count"];
export type CoursePoint = Schemas["CoursePoint"];
export type NewPolicy = Schemas["PolicyBody"];
export type SecondLook = Schemas["SecondLookView"];

export type Topic =
  | "user-task"
  | "work-item"
  | "process-instance"
  | "incident"
  | "agent"
  | "error-budget"
  | "migration"
  | "vendor";
