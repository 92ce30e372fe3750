import { useLingui } from "@lingui/react/macro";
import { IconKeyboard, IconSettings } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { createContext, use, useMemo, useState, type ReactNode } from "react";

import { Switcher, useChatKeys, type Place } from "../../features/messaging";
import { RAIL_ENTRIES } from "../entries";
import { useMe } from "../session";
import { KeySheet } from "./KeySheet";
import { useKey } from "./useKey";

interface FastHandsValue {
  openSwitcher: () => void;
  openKeys: () => void;
}

const Context = createContext<FastHandsValue | null>(null);

/** Around the signed-in app: the switcher, the sheet of keys, and the keys that work everywhere. */
export function FastHands({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<"switcher" | "keys" | null>(null);
  const close = () => setOpen(null);
  const value = useMemo(() => ({ openSwitcher: () => setOpen("switcher"), openKeys: () => setOpen("keys") }), []);
  useKey("switcher", () => setOpen((it) => (it === "switcher" ? null : "switcher")), { isOverDialogs: open !== null });
  useKey("help", value.openKeys);
  useKey("helpAnywhere", value.openKeys, { isOverDialogs: open !== null });
  useChatKeys();
  const places = usePlaces(value.openKeys);
  return (
    <Context value={value}>
      {children}
      <Switcher isOpen={open === "switcher"} onClose={close} places={places} />
      <KeySheet isOpen={open === "keys"} onClose={close} />
    </Context>
  );
}

export function useFastHands(): FastHandsValue {
  const value = use(Context);
  if (!value) throw new Error("useFastHands outside FastHands");
  return value;
}

/** Where one may go beside the chats. */
function usePlaces(openKeys: () => void): readonly Place[] {
  const { i18n, t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const rooms = RAIL_ENTRIES.filter((it) => me.is_admin || !it.isAdminOnly).map((it) => ({
    id: it.to,
    name: i18n._(it.label),
    icon: it.icon,
    go: () => void navigate({ to: it.to }),
  }));
  return [
    ...rooms,
    { id: "/settings", name: t`设置`, icon: IconSettings, go: () => void navigate({ to: "/settings" }) },
    { id: "keys", name: t`键盘快捷键`, icon: IconKeyboard, go: openKeys },
  ];
}
