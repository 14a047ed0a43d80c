import { Empty, Typography } from "antd";

/** An empty state that says what would fill it. */
export function Nothing({ title, hint }: { title: string; hint?: string }) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{title}</div>
          {hint && <Typography.Text type="secondary">{hint}</Typography.Text>}
        </>
      }
    />
  );
}
