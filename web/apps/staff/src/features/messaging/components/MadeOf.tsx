/** What rooms make of a message: a link to it, and with the rooms that have them a case, feedback, an action item. */
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import type { Conversation, Id, Message } from "@hutong/realtime";
import type { TablerIcon } from "@tabler/icons-react";
import { createContext, use } from "react";

/** Enough to find it again, with the rights of whoever made something of it: `GET /api/conversations/{id}/messages?around_seq=`. */
export interface Said {
  conversationId: Id;
  seq: number;
  kind: Message["kind"];
  text: string;
  talk: Conversation["kind"] | undefined;
}

/** One line in a message's menu; a room puts it into `app/entries.tsx`. */
export interface MessageEntry {
  id: string;
  label: MessageDescriptor;
  icon: TablerIcon;
  /** Of which messages it can be made; without it, of all. */
  isFor?: (said: Said) => boolean;
  useMake: () => (said: Said) => void;
}

export const MessageEntries = createContext<readonly MessageEntry[]>([]);

export function MadeOf({ said }: { said: Said }) {
  return use(MessageEntries)
    .filter((it) => it.isFor?.(said) ?? true)
    .map((it) => <Entry key={it.id} entry={it} said={said} />);
}

function Entry({ entry: { label, icon: Icon, useMake }, said }: { entry: MessageEntry; said: Said }) {
  const { i18n } = useLingui();
  const make = useMake();
  return (
    <Menu.Item leftSection={<Icon size={16} aria-hidden />} onClick={() => make(said)}>
      {i18n._(label)}
    </Menu.Item>
  );
}
