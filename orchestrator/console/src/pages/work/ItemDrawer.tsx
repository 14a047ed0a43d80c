import { App, Button, Descriptions, Drawer, Skeleton } from "antd";
import { Link } from "react-router-dom";
import { documentUrl } from "../../api/documents";
import { useMay } from "../../api/session";
import { useRetry, useWorkItem } from "../../api/work";
import type { WorkItemDetail } from "../../api/types";
import { JsonView } from "../../components/JsonView";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { AttemptCard } from "./AttemptCard";

export function ItemDrawer(props: { itemKey: string | undefined; onClose: () => void }) {
  const { itemKey, onClose } = props;
  const t = useT();
  const { message } = App.useApp();
  const item = useWorkItem(itemKey);
  const retry = useRetry();
  const manages = useMay("manage_work");
  const retriable = item.data?.state === "FAILED" || item.data?.state === "REVIEW";
  return (
    <Drawer
      width={760}
      open={itemKey !== undefined}
      onClose={onClose}
      title={
        <>
          {t("work.item")} <code>{itemKey}</code>
        </>
      }
      extra={
        itemKey &&
        manages &&
        retriable && (
          <Button
            type="primary"
            loading={retry.isPending}
            onClick={() =>
              retry.mutate(itemKey, { onSuccess: () => void message.success(t("work.retried")) })
            }
          >
            {t("work.retry")}
          </Button>
        )
      }
    >
      <Problem error={item.error ?? retry.error} onRetry={() => void item.refetch()} />
      {item.isLoading && <Skeleton active paragraph={{ rows: 10 }} />}
      {item.data && <Item item={item.data} />}
    </Drawer>
  );
}

function Item({ item }: { item: WorkItemDetail }) {
  const t = useT();
  const last = item.attempts.length - 1;
  return (
    <>
      <Descriptions size="small" column={2} bordered>
        <Descriptions.Item label={t("common.state")}>
          <StateTag state={item.state} />
          {item.held && <StateTag state="SUSPENDED" />}
        </Descriptions.Item>
        <Descriptions.Item label={t("common.queue")}>
          <code>{item.queue}</code>
        </Descriptions.Item>
        <Descriptions.Item label={t("work.reference")}>{item.reference ?? "–"}</Descriptions.Item>
        <Descriptions.Item label={t("process.process")}>
          {item.processInstanceKey ? (
            <Link to={`/processes/${item.processInstanceKey}`}>
              {item.elementId ?? item.processInstanceKey}
            </Link>
          ) : (
            "–"
          )}
        </Descriptions.Item>
        <Descriptions.Item label={t("common.created")}>
          <Time at={item.createdAt} />
        </Descriptions.Item>
        <Descriptions.Item label={t("work.priority")}>{item.priority}</Descriptions.Item>
        <Descriptions.Item label={t("work.dueAt")}>
          <Time at={item.dueAt} />
        </Descriptions.Item>
        <Descriptions.Item label={t("work.notBefore")}>
          <Time at={item.notBefore} />
        </Descriptions.Item>
      </Descriptions>
      <h3>{t("work.attempts")}</h3>
      {item.attempts.length === 0 && (
        <Nothing title={t("work.noAttempts")} hint={t("work.noAttempts.hint")} />
      )}
      {item.attempts
        .map((attempt, index) => (
          <AttemptCard
            key={attempt.runKey}
            attempt={attempt}
            number={index + 1}
            unfolded={index === last}
          />
        ))
        .reverse()}
      {item.files.length > 0 && (
        <>
          <h3>{t("work.files")}</h3>
          {item.files.map((file) => (
            <div key={file.fileName}>
              <a href={documentUrl(file.documentId)} target="_blank" rel="noreferrer">
                {file.fileName}
              </a>
            </div>
          ))}
        </>
      )}
      <h3>{t("work.payload")}</h3>
      <JsonView label={t("work.payload")} value={item.payload} />
      <h3>{t("work.output")}</h3>
      <JsonView label={t("work.output")} value={item.output} />
      {Object.keys(item.headers).length > 0 && (
        <>
          <h3>{t("work.headers")}</h3>
          <JsonView label={t("work.headers")} value={item.headers} />
        </>
      )}
    </>
  );
}
