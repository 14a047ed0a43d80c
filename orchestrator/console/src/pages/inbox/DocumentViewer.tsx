import {
  ColumnWidthOutlined,
  FileTextOutlined,
  LeftOutlined,
  RightOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from "@ant-design/icons";
import { Button, Skeleton, Space, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { documentUrl, isData, pageUrl, usePages } from "../../api/documents";
import type { Box, Invoice } from "../../api/invoice";
import type { DocumentReference } from "../../api/types";
import { Nothing } from "../../components/Nothing";
import { useT } from "../../i18n";
import { PageBoxes } from "./PageBoxes";
import { PageSheet } from "./PageSheet";
import { XmlView } from "./XmlView";

interface Props {
  document: DocumentReference | null;
  invoice: Invoice | null;
  active: string | null;
  doubtful: ReadonlySet<string>;
  onPick: (field: string) => void;
  /** Where on which page the active field stands; without it the pages are only shown. */
  onDraw?: (page: number, box: Box) => void;
}

const ZOOM_STEP = 1.25;

function ToolButton(props: {
  label: string;
  icon: ReactNode;
  disabled?: boolean;
  onClick: () => void;
}) {
  const { label, ...button } = props;
  return (
    <Tooltip title={label}>
      <Button size="small" type="text" aria-label={label} {...button} />
    </Tooltip>
  );
}

/** The pages of a document with the read fields framed on them; an e-invoice as its elements. */
export function DocumentViewer(props: Props) {
  const t = useT();
  const { document, invoice, active } = props;
  if (!document) return <Nothing title={t("viewer.none")} />;
  if (!isData(document)) return <Pages key={document.documentId} {...props} document={document} />;
  return (
    <div className="viewer">
      <div className="viewer-bar">
        <span />
        <Original document={document} />
      </div>
      <div className="viewer-scroll">
        <XmlView
          documentId={document.documentId}
          value={active ? invoice?.fields[active]?.value : undefined}
        />
      </div>
    </div>
  );
}

function Original({ document }: { document: DocumentReference }) {
  const t = useT();
  return (
    <Tooltip title={t("viewer.download")}>
      <Button
        size="small"
        type="text"
        icon={<FileTextOutlined />}
        href={documentUrl(document.documentId)}
        target="_blank"
        aria-label={`${t("viewer.download")}: ${document.metadata.fileName}`}
      >
        {document.metadata.fileName}
      </Button>
    </Tooltip>
  );
}

function Pages(props: Props & { document: DocumentReference }) {
  const { document, invoice, active, doubtful, onPick, onDraw } = props;
  const t = useT();
  const pages = usePages(document.documentId);
  const [zoom, setZoom] = useState(1);
  const scroller = useRef<HTMLDivElement>(null);
  const activePage = active ? invoice?.fields[active]?.page : undefined;
  const [page, setPage] = useState(activePage ?? 1);
  const [followed, setFollowed] = useState(active);

  if (active !== followed) {
    setFollowed(active);
    if (activePage) setPage(activePage);
  }
  useEffect(() => {
    const box = scroller.current?.querySelector("[data-active=true]");
    box?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active, page, zoom]);

  const sizes = pages.data?.pages ?? [];
  const size = sizes[page - 1];
  return (
    <div className="viewer">
      <div className="viewer-bar">
        <Space size={2}>
          <ToolButton
            label={t("viewer.previous")}
            icon={<LeftOutlined />}
            disabled={page <= 1}
            onClick={() => setPage(page - 1)}
          />
          <span className="tabular">
            {t("viewer.page", { page, pages: Math.max(sizes.length, 1) })}
          </span>
          <ToolButton
            label={t("viewer.next")}
            icon={<RightOutlined />}
            disabled={page >= sizes.length}
            onClick={() => setPage(page + 1)}
          />
        </Space>
        <Space size={2}>
          <ToolButton
            label={t("viewer.zoomOut")}
            icon={<ZoomOutOutlined />}
            onClick={() => setZoom(Math.max(zoom / ZOOM_STEP, 0.4))}
          />
          <ToolButton
            label={t("viewer.fit")}
            icon={<ColumnWidthOutlined />}
            onClick={() => setZoom(1)}
          />
          <ToolButton
            label={t("viewer.zoomIn")}
            icon={<ZoomInOutlined />}
            onClick={() => setZoom(Math.min(zoom * ZOOM_STEP, 5))}
          />
          <Original document={document} />
        </Space>
      </div>
      <div className="viewer-scroll" ref={scroller}>
        {pages.isPending && <Skeleton active paragraph={{ rows: 14 }} style={{ padding: 32 }} />}
        {pages.isError && (
          <Nothing title={t("viewer.failed")} hint={document.metadata.fileName} />
        )}
        {size && (
          <PageSheet
            size={size}
            zoom={zoom}
            onDraw={onDraw && active ? (box) => onDraw(page, box) : undefined}
          >
            <img
              key={page}
              src={pageUrl(document.documentId, page)}
              alt={t("viewer.page", { page, pages: sizes.length })}
              draggable={false}
            />
            <PageBoxes
              invoice={invoice}
              page={page}
              size={size}
              active={active}
              doubtful={doubtful}
              onPick={onPick}
            />
          </PageSheet>
        )}
      </div>
    </div>
  );
}
