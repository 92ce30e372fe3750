import type { Id, Merged, Message, Notice, Quote } from "@hutong/realtime";
import { plainOf } from "@hutong/ui/words";
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";

import { personName } from "../state/selectors";
import { useInbox, useMessenger } from "./useMessenger";

/** A notice as a sentence. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useLingui();
  const { store } = useMessenger();
  return useCallback(
    (notice: Notice) => {
      const state = store.getState();
      const nameOf = (id: Id | null, given: string, me: string) => (id === state.personId ? me : id ? personName(state, id) || given : given);
      const by = nameOf(notice.by_id, "", t`你`);
      const me = notice.by_id === state.personId || notice.action === "person_left" ? t`你` : t({ message: "你", context: "object" });
      const people = notice.people.map((it) => nameOf(it.id, it.name, me)).join(t`、`);
      const name = notice.name ?? "";
      switch (notice.action) {
        case "group_created":
          return people ? t`${by} 发起了群聊，并邀请了 ${people}` : t`${by} 发起了群聊`;
        case "people_invited":
          return t`${by} 邀请 ${people} 加入了群聊`;
        case "people_admitted":
          return t`${by} 同意 ${people} 加入了群聊`;
        case "deputy_named":
          return t`${people} 成为了副群主`;
        case "notice_written":
          return t`${by} 更新了群公告`;
        case "topic_opened":
          return name ? t`${by} 发起了话题“${name}”` : t`${by} 发起了话题`;
        case "topic_renamed":
          return t`${by} 把话题改名为“${name}”`;
        case "topic_closed":
          return name ? t`${by} 关闭了话题“${name}”` : t`${by} 关闭了话题`;
        case "topic_reopened":
          return name ? t`${by} 重新打开了话题“${name}”` : t`${by} 重新打开了话题`;
        case "notice_removed":
          return t`${by} 清空了群公告`;
        case "person_left":
          return t`${people || by} 退出了群聊`;
        case "person_removed":
          return t`${by} 把 ${people} 移出了群聊`;
        case "group_renamed":
          return name ? t`${by} 把群名改为“${name}”` : t`${by} 清除了群名`;
        case "owner_changed":
          return t`${people} 成为了新群主`;
        case "customer_arrived":
          return t`${people || by} 通过你的联系方式找到了你，现在可以聊天了`;
      }
    },
    [store, t],
  );
}

/** What stands in the place of a message that was taken back. */
export function useRecalledText(): (message: Pick<Message, "sender_id">) => string {
  const { t } = useLingui();
  const { store } = useMessenger();
  return useCallback(
    ({ sender_id }) => {
      const state = store.getState();
      const name = personName(state, sender_id) || "…";
      return sender_id === state.personId ? t`你撤回了一条消息` : t`${name} 撤回了一条消息`;
    },
    [store, t],
  );
}

/** What is shown of a message that another one answers: as it stands now where it is loaded, else as it was told. */
export function useQuoteText(conversationId: Id): (quote: Quote) => string {
  const { t } = useLingui();
  const items = useInbox((state) => state.threads[conversationId]?.log.items);
  return useCallback(
    (quote) => {
      const original = items?.[quote.seq - (items[0]?.seq ?? 0)];
      if (quote.is_recalled || original?.recalled_at) return t`原消息已撤回`;
      if (quote.kind === "image") return t`[图片]`;
      if (quote.kind === "merged") return t`[聊天记录]`;
      if (quote.kind === "file") return t`[文件] ${quote.file_name ?? ""}`;
      const text = original?.text ?? quote.text;
      if (quote.kind === "voice") return t`[语音] ${text}`;
      if (quote.kind === "location") return t`[位置] ${text}`;
      return quote.kind === "card" ? t`[名片] ${text}` : plainOf(text);
    },
    [items, t],
  );
}

/** The words of a message, or what stands for them, in a line. */
export function useShortWords(): (said: { kind: Message["kind"]; text: string }) => string {
  const { t } = useLingui();
  return useCallback(
    ({ kind, text }) => {
      if (kind === "image") return t`[图片]`;
      if (kind === "file") return t`[文件] ${text}`;
      if (kind === "voice") return t`[语音] ${text}`;
      if (kind === "location") return t`[位置] ${text}`;
      if (kind === "card") return t`[名片] ${text}`;
      return kind === "merged" ? t`[聊天记录]` : plainOf(text);
    },
    [t],
  );
}

/** Whose talk it was that was forwarded as one. */
export function useMergedTitle(): (merged: Merged) => string {
  const { t } = useLingui();
  return useCallback(
    ({ conversation_kind, names }) => {
      if (conversation_kind === "group") return t`群聊的聊天记录`;
      const [one = "", other] = names;
      return other === undefined ? t`${one} 的聊天记录` : t`${one} 和 ${other} 的聊天记录`;
    },
    [t],
  );
}

type Previewed = Pick<Message, "kind" | "text" | "file" | "notice"> & { sender_id?: Id; recalled_at?: string };

/** One line that stands for a message in a list. */
export function usePreviewText(): (message: Previewed) => string {
  const { t } = useLingui();
  const noticeText = useNoticeText();
  const recalledText = useRecalledText();
  return useCallback(
    (message) => {
      if (message.recalled_at && message.sender_id) return recalledText({ sender_id: message.sender_id });
      const { text } = message;
      switch (message.kind) {
        case "text":
          return plainOf(text);
        case "location":
          return t`[位置] ${text}`;
        case "voice":
          return t`[语音] ${text}`;
        case "card":
          return t`[名片] ${text}`;
        case "image":
          return t`[图片]`;
        case "file":
          return t`[文件] ${message.file?.name ?? ""}`;
        case "merged":
          return t`[聊天记录]`;
        case "notice":
          return message.notice ? noticeText(message.notice) : "";
      }
    },
    [noticeText, recalledText, t],
  );
}
