import { App, Button, Drawer, Popconfirm, Skeleton, Space, Tag } from "antd";
import { useMay } from "../../api/session";
import type { VendorDetail } from "../../api/types";
import { useCurve, useForget, useRevert, useVendor } from "../../api/vendors";
import type { Learned } from "../../api/vendors";
import { Nothing } from "../../components/Nothing";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";
import { Curve } from "./Curve";
import { Sign } from "./Sign";
import { LearnedTable } from "./LearnedTable";
import { VersionsTable } from "./VersionsTable";

/** One vendor: what was learnt, from which invoices, and the ways to take it back. */
export function VendorDrawer(props: { vendorKey: string | undefined; onClose: () => void }) {
  const { vendorKey, onClose } = props;
  const vendor = useVendor(vendorKey);
  return (
    <Drawer
      width={760}
      open={vendorKey !== undefined}
      onClose={onClose}
      title={vendor.data?.name}
      extra={vendor.data && <Actions vendor={vendor.data} onForgotten={onClose} />}
    >
      <Problem error={vendor.error} onRetry={() => void vendor.refetch()} />
      {vendor.isLoading && <Skeleton active paragraph={{ rows: 10 }} />}
      {vendor.data && <Body vendor={vendor.data} />}
    </Drawer>
  );
}

function Actions({ vendor, onForgotten }: { vendor: VendorDetail; onForgotten: () => void }) {
  const t = useT();
  const manages = useMay("manage_work");
  const revert = useRevert();
  const forget = useForget();
  const key = vendor.vendorKey;
  if (!manages) return null;
  return (
    <Space>
      {vendor.version > 0 && (
        <Popconfirm
          title={t("vendor.unlearn.confirm")}
          onConfirm={() => revert.mutate({ key, version: 0 })}
        >
          <Button size="small">{t("vendor.unlearn")}</Button>
        </Popconfirm>
      )}
      <Popconfirm
        title={t("vendor.forget.confirm")}
        onConfirm={() => forget.mutate(key, { onSuccess: onForgotten })}
      >
        <Button size="small" danger>
          {t("vendor.forget")}
        </Button>
      </Popconfirm>
    </Space>
  );
}

function Body({ vendor }: { vendor: VendorDetail }) {
  const t = useT();
  const { message } = App.useApp();
  const curve = useCurve(vendor.vendorKey);
  const revert = useRevert();
  const manages = useMay("manage_work");
  const goTo = (version: number) =>
    revert.mutate(
      { key: vendor.vendorKey, version },
      { onSuccess: () => void message.success(t("vendor.reverted", { version })) },
    );
  return (
    <>
      <Problem error={revert.error ?? curve.error} />
      {vendor.signs.map((sign) => (
        <Tag key={sign} bordered={false}>
          <Sign sign={sign} />
        </Tag>
      ))}
      <h3>{t("vendor.learned")}</h3>
      {vendor.learned ? (
        <LearnedTable learned={vendor.learned as unknown as Learned} />
      ) : (
        <Nothing title={t("vendor.learned.empty")} />
      )}
      <h3>{t("vendor.curve")}</h3>
      <Curve points={curve.data?.points ?? []} />
      <h3>{t("vendor.versions")}</h3>
      <VersionsTable vendor={vendor} mayRevert={manages} onRevert={goTo} />
    </>
  );
}
