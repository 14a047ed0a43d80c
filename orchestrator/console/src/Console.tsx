import { useQueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { Suspense, lazy, useEffect } from "react";
import type { ReactNode } from "react";
import { Navigate, Route, Routes } from "react-router-dom";
import { whenSignedOut } from "./api/client";
import { useLiveUpdates } from "./api/live";
import { sessionKeys, useSession } from "./api/session";
import type { User } from "./api/types";
import { Header } from "./components/Header";
import type { PageName } from "./components/Header";
import { Page } from "./components/Page";
import { Problem } from "./components/Problem";
import { asLanguage, useLanguage } from "./i18n";
import { AgentsPage } from "./pages/agents/AgentsPage";
import { DecisionsPage } from "./pages/decisions/DecisionsPage";
import { InboxPage } from "./pages/inbox/InboxPage";
import { LoginPage } from "./pages/login/LoginPage";
import { MigrationPage } from "./pages/migrations/MigrationPage";
import { NewMigrationPage } from "./pages/migrations/NewMigrationPage";
import { ProcessesPage } from "./pages/processes/ProcessesPage";
import { VendorsPage } from "./pages/vendors/VendorsPage";
import { WorkPage } from "./pages/work/WorkPage";

const DecisionPage = lazy(() => import("./pages/decisions/DecisionPage"));
const DecisionInstancePage = lazy(() => import("./pages/decisions/DecisionInstancePage"));
const InstancePage = lazy(() => import("./pages/processes/InstancePage"));
const QualityPage = lazy(() => import("./pages/quality/QualityPage"));

export function Console() {
  const client = useQueryClient();
  const session = useSession();
  useEffect(() => {
    whenSignedOut(() => client.setQueryData(sessionKeys.me, null));
  }, [client]);
  if (session.isPending) return <Spin fullscreen />;
  if (session.isError) {
    return (
      <div className="page">
        <Problem error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  return session.data ? <SignedIn user={session.data.user} /> : <LoginPage />;
}

function SignedIn({ user }: { user: User }) {
  const live = useLiveUpdates();
  const { t, setLanguage } = useLanguage();
  useEffect(() => {
    setLanguage(asLanguage(user.language) ?? "en");
  }, [setLanguage, user.language]);
  const page = (name: PageName, content: ReactNode) => (
    <Page title={t(`nav.${name}`)}>{content}</Page>
  );
  return (
    <>
      <a className="skip" href="#main">
        {t("nav.skip")}
      </a>
      <Header user={user} live={live} />
      <Suspense fallback={<Spin style={{ margin: 48 }} />}>
        <Routes>
          <Route path="/inbox/:taskKey?" element={page("inbox", <InboxPage user={user} />)} />
          <Route path="/work/:itemKey?" element={page("work", <WorkPage />)} />
          <Route path="/processes" element={page("processes", <ProcessesPage />)} />
          <Route path="/processes/:instanceKey" element={page("processes", <InstancePage />)} />
          <Route path="/quality" element={page("quality", <QualityPage />)} />
          <Route
            path="/processes/migrations/new/:sourceKey"
            element={page("processes", <NewMigrationPage />)}
          />
          <Route
            path="/processes/migrations/:migrationKey"
            element={page("processes", <MigrationPage />)}
          />
          <Route path="/decisions" element={page("decisions", <DecisionsPage />)} />
          <Route
            path="/decisions/definitions/:decisionKey"
            element={page("decisions", <DecisionPage />)}
          />
          <Route
            path="/decisions/instances/:instanceKey"
            element={page("decisions", <DecisionInstancePage />)}
          />
          <Route path="/vendors/:vendorKey?" element={page("vendors", <VendorsPage />)} />
          <Route path="/agents" element={page("agents", <AgentsPage />)} />
          <Route path="*" element={<Navigate to="/inbox" replace />} />
        </Routes>
      </Suspense>
    </>
  );
}
