import { Button, Popconfirm, Table, Tag } from "antd";
import { Link } from "react-router-dom";
import type { VendorDetail, VendorVersion } from "../../api/types";
import { Time } from "../../components/Time";
import { useT } from "../../i18n";
import { amended, believed } from "./believed";

interface Props {
  vendor: VendorDetail;
  mayRevert: boolean;
  onRevert: (version: number) => void;
}

/** Every confirmed invoice, the newest first; those that are not believed are faint. */
export function VersionsTable({ vendor, mayRevert, onRevert }: Props) {
  const t = useT();
  const chain = believed(vendor.versions, vendor.version);
  const wrong = amended(vendor.versions, vendor.version);
  return (
    <Table<VendorVersion>
      size="small"
      rowKey="version"
      dataSource={vendor.versions}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      rowClassName={({ version }) => (chain.has(version) && !wrong.has(version) ? "" : "muted")}
      columns={[
        {
          title: t("vendor.version"),
          dataIndex: "version",
          width: 110,
          render: (version: number) => (
            <>
              {version}{" "}
              {version === vendor.version && (
                <Tag color="blue" bordered={false}>
                  {t("vendor.head")}
                </Tag>
              )}
              {!chain.has(version) && <Tag bordered={false}>{t("vendor.aside")}</Tag>}
              {wrong.has(version) && (
                <Tag color="red" bordered={false}>
                  {t("vendor.misread")}
                </Tag>
              )}
            </>
          ),
        },
        { title: t("vendor.invoice"), render: (_, version) => <Invoice version={version} /> },
        {
          title: t("vendor.confirmedBy"),
          dataIndex: "confirmedBy",
          render: (name: string | null, { secondLookKey }) =>
            secondLookKey ? (
              <Link to="/quality">{name ?? t("vendor.bySecondLook")}</Link>
            ) : (
              (name ?? <span className="muted">{t("vendor.byItself")}</span>)
            ),
        },
        {
          title: t("common.created"),
          dataIndex: "creationTime",
          render: (at: string) => <Time at={at} />,
        },
        {
          width: 90,
          hidden: !mayRevert,
          render: (_, { version }) =>
            version !== vendor.version && (
              <Popconfirm
                title={t("vendor.revert.confirm", { version })}
                onConfirm={() => onRevert(version)}
              >
                <Button size="small">{t("vendor.revert")}</Button>
              </Popconfirm>
            ),
        },
      ]}
    />
  );
}

function Invoice({ version }: { version: VendorVersion }) {
  const t = useT();
  return (
    <>
      <Confirmed version={version} />
      {version.amends !== null && (
        <div className="muted">
          {t(version.confirmation ? "vendor.amends" : "vendor.withdraws", {
            version: version.amends,
          })}
        </div>
      )}
    </>
  );
}

function Confirmed({ version }: { version: VendorVersion }) {
  const { number, gross, currency } = (version.confirmation?.values ?? {}) as Record<string, string>;
  const text = [number, gross && `${gross} ${currency ?? ""}`].filter(Boolean).join(" · ");
  const shown = text || version.documentId.slice(0, 12);
  if (!version.processInstanceKey) return <>{shown}</>;
  return <Link to={`/processes/${version.processInstanceKey}`}>{shown}</Link>;
}
