import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { IconAddressBook, IconHeartHandshake, IconLink, IconMessageCircle, IconSettings2, type TablerIcon } from "@tabler/icons-react";

import { useCustomersBadge } from "../features/contacts";
import { useCopyLink, useUnreadTotal, type MessageEntry } from "../features/messaging";

export interface RailEntry {
  to: "/chats" | "/directory" | "/customers" | "/admin";
  label: MessageDescriptor;
  icon: TablerIcon;
  isAdminOnly?: boolean;
  /** How many things wait there; 0 shows nothing. A hook: called on every render of the rail. */
  useBadge?: () => number;
}

/** What stands in the rail and, on phones, in the bottom bar: one line a room. */
export const RAIL_ENTRIES: readonly RailEntry[] = [
  { to: "/chats", label: msg`消息`, icon: IconMessageCircle, useBadge: useUnreadTotal },
  { to: "/directory", label: msg`通讯录`, icon: IconAddressBook },
  { to: "/customers", label: msg`客户`, icon: IconHeartHandshake, useBadge: useCustomersBadge },
  { to: "/admin", label: msg`管理`, icon: IconSettings2, isAdminOnly: true },
];

/** What is made of a message, in its menu: one line a room. */
export const MESSAGE_ENTRIES: readonly MessageEntry[] = [{ id: "link", label: msg`复制消息链接`, icon: IconLink, useMake: useCopyLink }];
