import { BulbOutlined, LogoutOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Badge, Button, Space, Tooltip } from "antd";
import { useState } from "react";
import { NavLink } from "react-router-dom";
import { useLogout, useSpeak } from "../api/session";
import { useTasks } from "../api/tasks";
import type { User } from "../api/types";
import { useT } from "../i18n";
import { useTheme } from "../theme";
import { KeyHelp } from "./KeyHelp";
import { LanguageSwitch } from "./LanguageSwitch";
import { Logo } from "./Logo";
import { useKeys } from "./keys";

const PAGES = ["inbox", "work", "processes", "decisions", "vendors", "quality", "agents"] as const;
export type PageName = (typeof PAGES)[number];

export function Header({ user, live }: { user: User; live: boolean }) {
  const t = useT();
  const logout = useLogout();
  const speak = useSpeak();
  const { toggle } = useTheme();
  const [help, setHelp] = useState(false);
  useKeys({ help: () => setHelp(!help) });
  const waiting = useTasks().data?.page.totalItems ?? 0;
  return (
    <header className="header">
      <span className="brand">
        <Logo /> Deskhand
      </span>
      <nav>
        {PAGES.map((page) => (
          <NavLink key={page} to={`/${page}`}>
            {t(`nav.${page}`)}
            {page === "inbox" && <Badge count={waiting} size="small" style={{ marginLeft: 6 }} />}
          </NavLink>
        ))}
      </nav>
      <Space size={12}>
        <Badge status={live ? "success" : "warning"} text={t(live ? "nav.live" : "nav.offline")} />
        <LanguageSwitch onChosen={speak.mutate} />
        <Tooltip title={t("nav.theme")}>
          <Button
            type="text"
            size="small"
            icon={<BulbOutlined />}
            aria-label={t("nav.theme")}
            onClick={toggle}
          />
        </Tooltip>
        <Tooltip title={t("keys.title")}>
          <Button
            type="text"
            size="small"
            icon={<QuestionCircleOutlined />}
            aria-label={t("keys.title")}
            onClick={() => setHelp(true)}
          />
        </Tooltip>
        <KeyHelp open={help} onClose={() => setHelp(false)} />
        <span title={user.roles.join(", ")}>{user.displayName || user.username}</span>
        <Tooltip title={t("nav.logout")}>
          <Button
            type="text"
            size="small"
            icon={<LogoutOutlined />}
            aria-label={t("nav.logout")}
            onClick={() => logout.mutate()}
          />
        </Tooltip>
      </Space>
    </header>
  );
}
