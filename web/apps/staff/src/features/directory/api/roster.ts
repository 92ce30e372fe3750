import type { InvitationLink, MemberCard, NewMember, RosterImport, RosterPlan } from "@hutong/api";

import { api } from "../../../app/client";

export interface RosterFile {
  file: File;
  /** The file is the whole company: who is not in it is taken out. */
  removesMissing: boolean;
}

interface Progress {
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** What an import would do; nothing is written. */
export const previewRoster = ({ file, removesMissing }: RosterFile, progress: Progress = {}) =>
  api.upload<RosterPlan>("/api/roster/preview", file, {
    query: { filename: file.name, removes_missing: removesMissing },
    ...progress,
  });

/** The same bytes again, for real; refused when the company or the file changed since the preview. */
export const importRoster = (
  { file, removesMissing, plan, confirmsRemoval }: RosterFile & { plan: string; confirmsRemoval: boolean },
  progress: Progress = {},
) =>
  api.upload<RosterImport>("/api/roster/import", file, {
    query: { filename: file.name, removes_missing: removesMissing, plan, confirm_removal: confirmsRemoval },
    ...progress,
  });

export const addMember = (member: NewMember) => api.post<MemberCard>("/api/members", member);

export const inviteMember = (memberId: string) => api.post<InvitationLink>(`/api/members/${encodeURIComponent(memberId)}/invitation`);

export const resetPassword = (memberId: string, password: string) =>
  api.put(`/api/members/${encodeURIComponent(memberId)}/password`, { password });
