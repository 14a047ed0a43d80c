import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, api, setCsrfToken } from "../client";
import type { Permission, Session, User } from "../types";

export const sessionKeys = { me: ["session"] as const };

/** The signed-in person, or null when there is no session. */
async function readSession(): Promise<Session | null> {
  try {
    const session = await api.get<Session>("/v2/me");
    setCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export function useSession() {
  return useQuery({ queryKey: sessionKeys.me, queryFn: readSession, staleTime: Infinity, retry: 1 });
}

/** Whether the signed-in person may do this; the server would refuse it anyway. */
export function useMay(permission: Permission): boolean {
  return useSession().data?.permissions.includes(permission) ?? false;
}

/** Keeps the language for the person's next login, wherever that is. */
export function useSpeak() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (language: User["language"]) => api.patch<Session>("/v2/me", { language }),
    onSuccess: (session) => client.setQueryData(sessionKeys.me, session),
  });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; password: string }) =>
      api.post<Session>("/v2/login", body),
    onSuccess: (session) => {
      setCsrfToken(session.csrfToken);
      client.setQueryData(sessionKeys.me, session);
    },
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("/v2/logout"),
    onSettled: () => {
      client.clear();
      client.setQueryData(sessionKeys.me, null);
    },
  });
}
