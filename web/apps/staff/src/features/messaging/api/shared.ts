import type { SharedPage as SharedPageOfServer } from "@hutong/api";
import type { Id, Message } from "@hutong/realtime";

import { api } from "../../../app/client";

export type SharedKind = "image" | "file" | "link";
export type SharedPage = Omit<SharedPageOfServer, "items"> & { items: Message[] };

const PAGE_SIZE = 30;

/** Messages with something to look at, newest first. */
export function listShared(id: Id, kind: SharedKind, cursor: string | null): Promise<SharedPage> {
  return api.get<SharedPage>(`/api/conversations/${id}/shared`, { kind, cursor, limit: PAGE_SIZE });
}
