import { Select } from "antd";
import { useT } from "../i18n";
import type { MessageKey } from "../i18n";

type StateIn<Key> = Key extends `state.${infer State}` ? State : never;

interface Props<State> {
  states: readonly State[];
  value: State | undefined;
  onChange: (state: State | undefined) => void;
}

/** Narrows a list to what is in one state. */
export function StateSelect<State extends StateIn<MessageKey>>(props: Props<State>) {
  const { states, value, onChange } = props;
  const t = useT();
  return (
    <Select<State>
      allowClear
      size="small"
      style={{ width: 140 }}
      placeholder={t("common.state")}
      aria-label={t("common.state")}
      value={value}
      onChange={onChange}
      options={states.map((state) => ({ value: state, label: t(`state.${state}`) }))}
    />
  );
}
