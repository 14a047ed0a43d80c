import { Checkbox, Skeleton } from "antd";
import { useEffect, useRef, useState } from "react";
import { useRunLog } from "../../api/work";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";

/** The lines of a run; keeps to the end while it is followed. */
export function RunLog({ runKey, live }: { runKey: string; live: boolean }) {
  const t = useT();
  const log = useRunLog(runKey, live);
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  const count = log.data?.length ?? 0;
  useEffect(() => {
    const place = end.current?.parentElement;
    if (follow && place) place.scrollTop = place.scrollHeight;
  }, [follow, count]);
  if (log.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  return (
    <>
      <Problem error={log.error} />
      {live && (
        <Checkbox checked={follow} onChange={(event) => setFollow(event.target.checked)}>
          {t("work.log.follow")}
        </Checkbox>
      )}
      <div className="log" role="log" aria-label={t("work.log")} tabIndex={0}>
        {count === 0 && <span className="muted">{t("work.log.empty")}</span>}
        {log.data?.map((line) => (
          <div key={line.number} className={`log-${line.stream}`}>
            <time title={line.time}>{line.time.slice(11, 19)}</time> {line.text}
          </div>
        ))}
        <div ref={end} />
      </div>
    </>
  );
}
