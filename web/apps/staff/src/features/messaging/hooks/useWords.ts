import type { Id, Message, Notice } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";

import { personName } from "../state/selectors";
import { useMessenger } from "./useMessenger";

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

/** One line that stands for a message in a list. */
export function usePreviewText(): (message: Pick<Message, "kind" | "text" | "file" | "notice">) => string {
  const { t } = useLingui();
  const noticeText = useNoticeText();
  return useCallback(
    (message) => {
      switch (message.kind) {
        case "text":
          return message.text;
        case "image":
          return t`[图片]`;
        case "file":
          return t`[文件] ${message.file?.name ?? ""}`;
        case "notice":
          return message.notice ? noticeText(message.notice) : "";
      }
    },
    [noticeText, t],
  );
}
