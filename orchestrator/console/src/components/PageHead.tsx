import { ArrowLeftOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { useT } from "../i18n";
import { StateTag } from "./StateTag";

interface Props {
  back: string;
  title: string;
  state?: string;
  children?: ReactNode;
}

/** What a page of one thing begins with: the way back, its name and state, what may be done. */
export function PageHead({ back, title, state, children }: Props) {
  const t = useT();
  return (
    <div className="bar">
      <Link to={back} aria-label={t("common.back")}>
        <ArrowLeftOutlined />
      </Link>
      <h2>{title}</h2>
      {state && <StateTag state={state} />}
      {children}
    </div>
  );
}
