import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { LINE_COLUMNS } from "../../api/invoice";
import type { InvoiceLine, LineColumn } from "../../api/invoice";
import { useT } from "../../i18n";
import { Unseen } from "../../components/Unseen";

interface Props {
  lines: InvoiceLine[];
  disabled: boolean;
  onChange: (lines: InvoiceLine[]) => void;
}

export function LinesTable({ lines, disabled, onChange }: Props) {
  const t = useT();
  const edit = (index: number, column: LineColumn, value: string) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, [column]: value } : line)));
  return (
    <div className="lines-edit">
      {lines.length === 0 ? (
        <div className="muted">{t("invoice.lines.empty")}</div>
      ) : (
        <table className="lines">
          <thead>
            <tr>
              {LINE_COLUMNS.map((column) => (
                <th key={column} className={`line-${column}`}>
                  {t(`line.${column}`)}
                </th>
              ))}
              <th>
                <Unseen>{t("invoice.lines.remove")}</Unseen>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={index}>
                {LINE_COLUMNS.map((column) => (
                  <td key={column} className={`line-${column}`}>
                    <Input
                      size="small"
                      variant="borderless"
                      aria-label={`${t(`line.${column}`)} ${index + 1}`}
                      value={line[column] ?? ""}
                      disabled={disabled}
                      onChange={(event) => edit(index, column, event.target.value)}
                    />
                  </td>
                ))}
                <td>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("invoice.lines.remove")}
                    disabled={disabled}
                    onClick={() => onChange(lines.filter((_, at) => at !== index))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!disabled && (
        <Button
          size="small"
          type="link"
          icon={<PlusOutlined />}
          onClick={() => onChange([...lines, {}])}
        >
          {t("invoice.lines.add")}
        </Button>
      )}
    </div>
  );
}
