import { Input, Table } from "antd";
import { useNavigate, useParams } from "react-router-dom";
import type { Vendor } from "../../api/types";
import { useCurve, useVendors } from "../../api/vendors";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { usePaging } from "../../components/paging";
import { useT } from "../../i18n";
import { Curve } from "./Curve";
import { Sign } from "./Sign";
import { VendorDrawer } from "./VendorDrawer";

/** The vendors that are remembered, and the learning curve of all of them. */
export function VendorsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { vendorKey } = useParams();
  const paging = usePaging({ name: "" });
  const vendors = useVendors(paging.filter.name, paging.page);
  const curve = useCurve();
  return (
    <div className="page">
      <h2>{t("vendor.curve")}</h2>
      <Problem error={curve.error} onRetry={() => void curve.refetch()} />
      <Curve points={curve.data?.points ?? []} />
      <div className="bar">
        <h2>{t("nav.vendors")}</h2>
        <Input.Search
          allowClear
          size="small"
          style={{ width: 220 }}
          placeholder={t("common.name")}
          aria-label={t("common.name")}
          onSearch={(wanted) => paging.narrow({ name: wanted.trim() })}
        />
      </div>
      <Problem error={vendors.error} onRetry={() => void vendors.refetch()} />
      <Table<Vendor>
        size="small"
        rowKey="vendorKey"
        loading={vendors.isPending}
        dataSource={vendors.data?.items}
        locale={{ emptyText: <Nothing title={t("vendor.empty")} hint={t("vendor.empty.hint")} /> }}
        onRow={({ vendorKey: key }) => ({
          className: "clickable",
          onClick: () => navigate(`/vendors/${key}`),
        })}
        pagination={paging.pagination(vendors.data?.page.totalItems)}
        columns={[
          { title: t("common.name"), dataIndex: "name" },
          {
            title: t("vendor.signs"),
            dataIndex: "signs",
            render: ([sign]: string[]) => sign && <Sign sign={sign} />,
          },
          { title: t("vendor.version"), dataIndex: "version", width: 90 },
          {
            title: t("common.created"),
            dataIndex: "creationTime",
            width: 190,
            render: (at: string) => <Time at={at} />,
          },
        ]}
      />
      <VendorDrawer vendorKey={vendorKey} onClose={() => navigate("/vendors")} />
    </div>
  );
}
