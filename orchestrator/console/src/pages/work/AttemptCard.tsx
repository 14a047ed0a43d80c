import { Alert, Button, Card, Image, Space, Tag } from "antd";
import { useState } from "react";
import { documentUrl } from "../../api/documents";
import type { Attempt } from "../../api/types";
import { Said } from "../../components/Said";
import { StateTag } from "../../components/StateTag";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { useNamed } from "../../i18n/told";
import { RunLog } from "./RunLog";

const isImage = (fileName: string) => /\.(png|jpe?g|gif|webp)$/i.test(fileName);

interface Props {
  attempt: Attempt;
  number: number;
  unfolded: boolean;
}

/** One run of a bot: how it ended, what it said, what was on its screen. */
export function AttemptCard({ attempt, number, unfolded }: Props) {
  const t = useT();
  const named = useNamed();
  const [log, setLog] = useState(unfolded);
  const running = attempt.endedAt === null;
  const files = attempt.artifacts;
  return (
    <Card
      size="small"
      className="attempt"
      title={t("work.attempt", { number })}
      extra={
        <Space size={8}>
          <span className="muted">{attempt.agentName}</span>
          {attempt.outcome ? (
            <StateTag state={attempt.outcome} />
          ) : (
            <Tag bordered={false} color="processing">
              {t("work.running")}
            </Tag>
          )}
          {attempt.exitCode !== null && (
            <span className="muted">{t("work.exitCode", { code: attempt.exitCode })}</span>
          )}
        </Space>
      }
    >
      <div className="muted small">
        <Time at={attempt.startedAt} /> → <Time at={attempt.endedAt} />
      </div>
      {attempt.exception && (
        <Alert
          type="error"
          message={[attempt.exception.type, attempt.exception.code]
            .flatMap((code) => (code ? [named("exception", code)] : []))
            .join(" · ")}
          description={<Said text={attempt.exception.message} />}
        />
      )}
      <Image.PreviewGroup>
        <Space wrap>
          {files
            .filter((file) => isImage(file.fileName))
            .map((file) => (
              <Image
                key={file.fileName}
                height={120}
                src={documentUrl(file.documentId)}
                alt={file.fileName}
              />
            ))}
        </Space>
      </Image.PreviewGroup>
      <Space wrap>
        {files
          .filter((file) => !isImage(file.fileName))
          .map((file) => (
            <a key={file.fileName} href={documentUrl(file.documentId)}>
              {file.fileName}
            </a>
          ))}
        <Button type="link" size="small" onClick={() => setLog(!log)}>
          {t("work.log")} {log ? "▴" : "▾"}
        </Button>
      </Space>
      {log && <RunLog runKey={attempt.runKey} live={running} />}
    </Card>
  );
}
