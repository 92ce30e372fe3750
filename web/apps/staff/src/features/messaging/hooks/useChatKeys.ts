import type { Id } from "@hutong/realtime";
import { useNavigate } from "@tanstack/react-router";

import { useKey } from "../../../app/keys/useKey";
import { sortedConversations } from "../state/selectors";
import { countedUnread } from "../state/settings";
import { useGoToSearch } from "./useGoToSearch";
import { useMessenger } from "./useMessenger";

/** Fast hands press again before the page of the last press is drawn: the address knows where they are. */
const openId = (): Id | undefined => /^\/chats\/(\d+)/.exec(location.pathname)?.[1];

/** From chat to chat in the order of the list, from unread to unread, and to the search. */
export function useChatKeys(): void {
  const { store } = useMessenger();
  const navigate = useNavigate();
  const goToSearch = useGoToSearch();

  const goTo = (id: Id | undefined) => {
    if (id !== undefined && id !== openId()) void navigate({ to: "/chats/$conversationId", params: { conversationId: id } });
  };
  const step = (by: 1 | -1, isOnlyUnread: boolean) => {
    const state = store.getState();
    const listed = sortedConversations(state);
    const at = listed.findIndex((it) => it.id === openId());
    if (!isOnlyUnread) return goTo(listed[at < 0 ? 0 : Math.max(0, Math.min(listed.length - 1, at + by))]?.id);
    // Round the end, so that whoever presses on comes to all of them.
    const from = at < 0 && by < 0 ? 0 : at;
    for (let steps = 1; steps <= listed.length; steps += 1) {
      const next = listed[(from + by * steps + listed.length * 2) % listed.length]!;
      if (next.id !== openId() && countedUnread(state, next) > 0) return goTo(next.id);
    }
  };
  useKey("nextChat", () => step(1, false));
  useKey("previousChat", () => step(-1, false));
  useKey("nextUnread", () => step(1, true));
  useKey("previousUnread", () => step(-1, true));
  useKey("search", () => goToSearch(""));
}
