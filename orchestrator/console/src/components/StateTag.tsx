import { Tag } from "antd";
import { isMessage, useT } from "../i18n";

const COLOURS: Record<string, string> = {
  NEW: "blue",
  LEASED: "processing",
  DONE: "success",
  FAILED: "error",
  REVIEW: "warning",
  ACTIVE: "processing",
  SUSPENDED: "warning",
  COMPLETED: "success",
  OK: "success",
  REFUSED: "error",
  STUCK: "warning",
  LACKS_VARIABLE: "warning",
  CHECKING: "processing",
  READY: "blue",
  CANARY: "processing",
  PAUSED: "warning",
  RUNNING: "processing",
  REVERTING: "processing",
  MIGRATED: "success",
  EVALUATED: "success",
  RESOLVED: "success",
  INCIDENT: "error",
  ONLINE: "success",
  DRAINING: "warning",
  UNPROVEN: "blue",
  PROVEN: "success",
  EXCEEDED: "error",
  OPEN: "blue",
  DISPUTED: "warning",
  SETTLED: "default",
};

export function StateTag({ state }: { state: string }) {
  const t = useT();
  const key = `state.${state}`;
  return (
    <Tag color={COLOURS[state] ?? "default"} bordered={false}>
      {isMessage(key) ? t(key) : state}
    </Tag>
  );
}
