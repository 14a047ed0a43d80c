import { Button, Card, Form, Input } from "antd";
import { useLogin } from "../../api/session";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { Logo } from "../../components/Logo";
import { Problem } from "../../components/Problem";
import { useT } from "../../i18n";

interface Credentials {
  username: string;
  password: string;
}

export function LoginPage() {
  const t = useT();
  const login = useLogin();
  return (
    <main className="login">
      <Card className="login-card">
        <div className="login-brand">
          <Logo size={40} />
          <h1>Deskhand</h1>
          <p className="muted">{t("app.tagline")}</p>
        </div>
        <Form<Credentials>
          layout="vertical"
          requiredMark={false}
          onFinish={(credentials) => login.mutate(credentials)}
        >
          <Form.Item name="username" label={t("login.username")} rules={[{ required: true }]}>
            <Input size="large" autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item name="password" label={t("login.password")} rules={[{ required: true }]}>
            <Input.Password size="large" autoComplete="current-password" />
          </Form.Item>
          <Problem error={login.error} />
          <Button block size="large" type="primary" htmlType="submit" loading={login.isPending}>
            {t("login.submit")}
          </Button>
        </Form>
        <div className="login-foot">
          <LanguageSwitch />
        </div>
      </Card>
    </main>
  );
}
