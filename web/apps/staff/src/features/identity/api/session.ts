import type { Company, Invitation, Session } from "@hutong/api";
import { queryOptions } from "@tanstack/react-query";

import { api } from "../../../app/client";

/** The company of this address, or the one named by /at/SLUG. */
export const companyQuery = (slug: string | null) =>
  queryOptions({
    queryKey: ["company", slug],
    queryFn: ({ signal }) => api.get<Company>("/api/company", { slug }, signal),
    staleTime: Infinity,
  });

/** The session is in a cookie; who it is, /api/me tells. */
export const signIn = (form: { company: string | null; login: string; password: string }) => api.post<unknown>("/api/session", form);

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => api.get<Invitation>(`/api/invitations/${encodeURIComponent(token)}`, undefined, signal),
    staleTime: Infinity,
  });

export const acceptInvitation = (token: string, password: string) =>
  api.post<unknown>(`/api/invitations/${encodeURIComponent(token)}`, { password });

export const changePassword = (form: { current: string; new: string }) => api.put("/api/me/password", form);

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) => (await api.get<{ items: Session[] }>("/api/sessions", undefined, signal)).items,
});
