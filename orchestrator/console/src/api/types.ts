/** The wire shapes of the HTTP API, as the contract states them. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Variables = Record<string, unknown>;

export interface SearchQuery {
  filter?: Record<string, unknown>;
  sort?: { field: string; order: "ASC" | "DESC" }[];
  page?: { limit?: number; from?: number };
}

export interface SearchResult<T> {
  items: T[];
  page: { totalItems: number };
}

export interface User {
  username: string;
  displayName: string;
  roles: string[];
  tenantId: string;
  language: string;
}

export interface Session {
  user: User;
  csrfToken: string;
}

export interface DocumentReference {
  "camunda.document.type": "camunda";
  storeId: string;
  documentId: string;
  contentHash: string;
  metadata: { fileName: string; contentType: string; size: number };
}

export interface TaskException {
  type: string;
  code: string | null;
  message: string | null;
}

export interface UserTask {
  userTaskKey: string;
  name: string;
  kind: "task" | "review";
  elementId: string | null;
  processInstanceKey: string | null;
  processDefinitionId: string | null;
  state: "CREATED" | "COMPLETED" | "CANCELED";
  assignee: string | null;
  candidateGroups: string[];
  formId: string | null;
  priority: number;
  dueDate: string | null;
  creationDate: string;
  businessKey: string | null;
  title: string | null;
}

export interface UserTaskDetail extends UserTask {
  variables: Variables;
  form: { schema: Record<string, unknown> } | null;
  exception?: TaskException | null;
  workItemKey?: string | null;
}

export interface Queue {
  name: string;
  new: number;
  leased: number;
  done: number;
  failed: number;
  review: number;
  oldest: string | null;
}

export type WorkItemState = "NEW" | "LEASED" | "DONE" | "FAILED" | "REVIEW" | "CANCELLED";

export interface WorkItem {
  workItemKey: string;
  queue: string;
  state: WorkItemState;
  priority: number;
  reference: string | null;
  attempts: number;
  maxAttempts: number;
  dueAt: string | null;
  notBefore: string | null;
  createdAt: string;
  updatedAt: string;
  processInstanceKey: string | null;
  elementId: string | null;
  exception: TaskException | null;
}

export interface FileLink {
  fileName: string;
  documentId: string;
}

export interface Attempt {
  runKey: string;
  agentName: string | null;
  startedAt: string;
  endedAt: string | null;
  outcome: string | null;
  exception: TaskException | null;
  exitCode: number | null;
  artifacts: FileLink[];
}

export interface WorkItemDetail extends Omit<WorkItem, "attempts"> {
  payload: unknown;
  output: unknown;
  headers: Record<string, string>;
  files: FileLink[];
  attempts: Attempt[];
}

export interface LogLine {
  number: number;
  time: string;
  stream: "stdout" | "stderr" | "agent";
  text: string;
}

export interface ProcessDefinition {
  processDefinitionKey: string;
  processDefinitionId: string;
  processDefinitionVersion?: number;
  version?: number;
  name?: string | null;
  resourceName?: string;
}

export interface ProcessInstance {
  processInstanceKey: string;
  processDefinitionId: string;
  processDefinitionKey: string;
  processDefinitionVersion: number;
  processDefinitionName: string | null;
  state: "ACTIVE" | "COMPLETED" | "TERMINATED";
  hasIncident: boolean;
  startDate: string;
  endDate: string | null;
  businessKey: string | null;
}

export interface ElementInstance {
  elementInstanceKey: string;
  elementId: string;
  elementName: string | null;
  type: string;
  state: "ACTIVE" | "COMPLETED" | "TERMINATED";
  hasIncident: boolean;
  startDate: string;
  endDate: string | null;
  processInstanceKey: string;
}

export interface Variable {
  name: string;
  value: unknown;
  scopeKey: string;
  variableKey: string;
}

export interface Incident {
  incidentKey: string;
  processInstanceKey: string;
  elementInstanceKey: string;
  elementId: string;
  errorType: string;
  errorMessage: string;
  creationTime: string;
  state: "ACTIVE" | "RESOLVED";
  workItemKey?: string | null;
}

/** One line of the ledger; only what the history shows is named. */
export interface LedgerEvent {
  number?: number;
  time?: string;
  actor?: string;
  kind?: string;
  data?: unknown;
  [key: string]: unknown;
}

export interface Agent {
  agentKey: string;
  name: string;
  machine: unknown;
  status: "ONLINE" | "DRAINING" | "OFFLINE";
  lastSeen: string | null;
  queues: string[];
  runs: { runKey: string; workItemKey: string; queue: string; startedAt: string }[];
}

export type Topic = "user-task" | "work-item" | "process-instance" | "incident" | "agent";
