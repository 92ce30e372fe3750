import { comingTime } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconCalendarTime, IconChevronDown, IconClock } from "@tabler/icons-react";
import { useState } from "react";

import { ariaKey, keyText } from "../../../../app/keys/keyNames";
import { useKey } from "../../../../app/keys/useKey";
import { useLanguage } from "../../../../app/language";
import { sendTimes } from "../../state/sendTimes";
import composer from "../Composer.module.css";
import { WhenDialog } from "./WhenDialog";

interface SendLaterMenuProps {
  isEmpty: boolean;
  /** Whether it waits now: then there is nothing more to ask. */
  onChoose: (at: Date) => Promise<boolean>;
}

/** Beside the send button: the same words, later. */
export function SendLaterMenu({ isEmpty, onChoose }: SendLaterMenuProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [openedAt, setOpenedAt] = useState<Date | null>(null);
  const [isChoosing, setIsChoosing] = useState(false);
  useKey("sendLater", () => setOpenedAt(new Date()));
  const label = t`定时发送`;
  return (
    <>
      <Menu opened={openedAt !== null} onChange={(isOpen) => setOpenedAt(isOpen ? new Date() : null)} position="top-end" withinPortal transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <ActionIcon
            className={composer.later}
            data-empty={isEmpty || undefined}
            variant="subtle"
            color="gray"
            aria-label={label}
            title={`${label} ${keyText("sendLater")}`}
            aria-keyshortcuts={ariaKey("sendLater")}
          >
            <IconChevronDown size={16} stroke={2} className={composer.arrow} aria-hidden />
            <IconClock size={21} stroke={1.7} className={composer.clock} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{isEmpty ? t`写好文字，再选择发送时间` : label}</Menu.Label>
          {sendTimes(openedAt ?? new Date()).map((at) => (
            <Menu.Item key={at.getTime()} disabled={isEmpty} leftSection={<IconClock size={18} stroke={1.7} aria-hidden />} onClick={() => void onChoose(at)}>
              {comingTime(at, language)}
            </Menu.Item>
          ))}
          <Menu.Item disabled={isEmpty} leftSection={<IconCalendarTime size={18} stroke={1.7} aria-hidden />} onClick={() => setIsChoosing(true)}>
            {t`其他时间…`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChoosing ? <WhenDialog title={label} action={label} at={null} onDone={(_, at) => onChoose(at)} onClose={() => setIsChoosing(false)} /> : null}
    </>
  );
}
