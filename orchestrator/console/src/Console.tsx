import { useQueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { Suspense, lazy, useEffect } from "react";
import { Navigate, Route, Routes } from "react-router-dom";
import { whenSignedOut } from "./api/client";
import { useLiveUpdates } from "./api/live";
import { sessionKeys, useSession } from "./api/session";
import type { User } from "./api/types";
import { Header } from "./components/Header";
import { Problem } from "./components/Problem";
import { asLanguage, useLanguage } from "./i18n";
import { AgentsPage } from "./pages/agents/AgentsPage";
import { InboxPage } from "./pages/inbox/InboxPage";
import { LoginPage } from "./pages/login/LoginPage";
import { MigrationPage } from "./pages/migrations/MigrationPage";
import { NewMigrationPage } from "./pages/migrations/NewMigrationPage";
import { ProcessesPage } from "./pages/processes/ProcessesPage";
import { VendorsPage } from "./pages/vendors/VendorsPage";
import { WorkPage } from "./pages/work/WorkPage";

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
  const { setLanguage } = useLanguage();
  useEffect(() => {
    setLanguage(asLanguage(user.language) ?? "en");
  }, [setLanguage, user.language]);
  return (
    <>
      <Header user={user} live={live} />
      <Suspense fallback={<Spin style={{ margin: 48 }} />}>
        <Routes>
          <Route path="/inbox/:taskKey?" element={<InboxPage user={user} />} />
          <Route path="/work/:itemKey?" element={<WorkPage />} />
          <Route path="/processes" element={<ProcessesPage />} />
          <Route path="/processes/:instanceKey" element={<InstancePage />} />
          <Route path="/quality" element={<QualityPage />} />
          <Route path="/processes/migrations/new/:sourceKey" element={<NewMigrationPage />} />
          <Route path="/processes/migrations/:migrationKey" element={<MigrationPage />} />
          <Route path="/vendors/:vendorKey?" element={<VendorsPage />} />
          <Route path="/agents" element={<AgentsPage />} />
          <Route path="*" element={<Navigate to="/inbox" replace />} />
        </Routes>
      </Suspense>
    </>
  );
}
