/** The HTTP contract of the cards that links are shown as. */
import type { Id, Message } from "@hutong/realtime";

import { api } from "../../../app/client";

export interface LinkPreviews {
  /** The company wants them. */
  is_on: boolean;
  /** This server asks other servers at all. */
  is_possible: boolean;
}

export function getLinkPreviews(): Promise<LinkPreviews> {
  return api.get<LinkPreviews>("/api/link-previews");
}

/** For administrators: for all of the company. */
export function putLinkPreviews(is_on: boolean): Promise<LinkPreviews> {
  return api.put<LinkPreviews>("/api/link-previews", { is_on });
}

/** One's own message shows none any more, to nobody. */
export function deletePreview(id: Id, seq: number): Promise<Message> {
  return api.delete<Message>(`/api/conversations/${id}/messages/${seq}/preview`);
}

export function previewPictureUrl(id: Id, seq: number): string {
  return `/api/conversations/${id}/messages/${seq}/preview/picture`;
}
