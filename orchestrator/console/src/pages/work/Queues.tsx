import { Skeleton } from "antd";
import { useQueues } from "../../api/work";
import type { WorkFilter } from "../../api/work";
import type { Queue, WorkItemState } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";

interface Props {
  queue: string | undefined;
  state: WorkItemState | undefined;
  onChoose: (filter: Pick<WorkFilter, "queue" | "state">) => void;
}

const COUNTS: [keyof Queue & ("new" | "leased" | "done" | "failed" | "review"), WorkItemState][] = [
  ["new", "NEW"],
  ["leased", "LEASED"],
  ["done", "DONE"],
  ["failed", "FAILED"],
  ["review", "REVIEW"],
];

/** A card per queue; a card or one of its counts filters the items below. */
export function Queues({ queue, state, onChoose }: Props) {
  const t = useT();
  const queues = useQueues();
  if (queues.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  if (queues.isError) {
    return <Problem error={queues.error} onRetry={() => void queues.refetch()} />;
  }
  return (
    <>
      <h2>{t("work.queues")}</h2>
      {queues.data.items.length === 0 && (
        <Nothing title={t("work.queues.empty")} hint={t("work.queues.empty.hint")} />
      )}
      <div className="queues">
        {queues.data.items.map((row) => (
          <div key={row.name} className="queue" data-active={row.name === queue}>
            <button
              type="button"
              className="queue-name"
              onClick={() =>
                onChoose({ queue: row.name === queue ? undefined : row.name, state: undefined })
              }
            >
              {row.name}
            </button>
            <div className="queue-counts">
              {COUNTS.map(([count, value]) => (
                <button
                  key={count}
                  type="button"
                  className={`count count-${count}`}
                  data-zero={row[count] === 0}
                  aria-pressed={row.name === queue && value === state}
                  onClick={() => onChoose({ queue: row.name, state: value })}
                >
                  <b className="tabular">{row[count]}</b>
                  <span>{t(`state.${value}` as "state.NEW")}</span>
                </button>
              ))}
            </div>
            {row.oldest && (
              <div className="muted small">
                {t("work.oldest")}: <Time at={row.oldest} />
              </div>
            )}
          </div>
        ))}
      </div>
    </>
  );
}
