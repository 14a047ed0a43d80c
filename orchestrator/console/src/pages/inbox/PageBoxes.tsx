import type { PageSize } from "../../api/documents";
import type { Invoice } from "../../api/invoice";
import { boxesOn, scaleBox } from "./boxes";
import { useFieldLabel } from "./labels";

interface Props {
  invoice: Invoice | null;
  page: number;
  size: PageSize;
  active: string | null;
  doubtful: ReadonlySet<string>;
  onPick: (field: string) => void;
}

/** Frames over the page image; a click picks the field that was read there. */
export function PageBoxes({ invoice, page, size, active, doubtful, onPick }: Props) {
  const label = useFieldLabel();
  return boxesOn(invoice, page).map(({ field, box }) => {
    const { left, top, width, height } = scaleBox(box, size);
    return (
      <button
        key={field}
        type="button"
        tabIndex={-1}
        className={`box${doubtful.has(field) ? " box-doubtful" : ""}`}
        data-active={field === active}
        aria-label={label(field)}
        title={label(field)}
        style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
        onClick={() => onPick(field)}
      />
    );
  });
}
