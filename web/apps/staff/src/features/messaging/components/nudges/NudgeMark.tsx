import type { Nudged } from "@hutong/api";
import { clockTime } from "@hutong/i18n";
import type { Id } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { useState } from "react";

import { useLanguage } from "../../../../app/language";
import { useNudgeState } from "../../hooks/useNudges";
import readers from "../ReadersDialog.module.css";
import classes from "./Nudges.module.css";

/** Under a message that is urgent; under one's own with how many of those asked have confirmed, and who. */
export function NudgeMark({ conversationId, seq, isOwn }: { conversationId: Id; seq: number; isOwn: boolean }) {
  const { t } = useLingui();
  if (isOwn) return <OwnMark conversationId={conversationId} seq={seq} />;
  return (
    <span className={classes.mark}>
      <IconBellRinging size={14} stroke={1.8} aria-hidden /> {t`加急`}
    </span>
  );
}

function OwnMark({ conversationId, seq }: { conversationId: Id; seq: number }) {
  const { t } = useLingui();
  const state = useNudgeState(conversationId, seq);
  const [isOpen, setIsOpen] = useState(false);
  const asked = state?.items.length ?? 0;
  const confirmed = state?.confirmed_count ?? 0;
  return (
    <>
      <button type="button" className={classes.mark} data-done={(state && confirmed === asked) || undefined} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <IconBellRinging size={14} stroke={1.8} aria-hidden /> {state ? t`加急 ${confirmed}/${asked} 已确认` : t`加急`}
      </button>
      <Modal opened={isOpen && state !== undefined} onClose={() => setIsOpen(false)} title={t`加急提醒`} size={420} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": t`关闭` }}>
        <ul className={readers.people} aria-label={t`加急提醒了谁`}>
          {state?.items.map((it) => (
            <Asked key={it.person.id} asked={it} />
          ))}
        </ul>
      </Modal>
    </>
  );
}

function Asked({ asked: { person, confirmed_at } }: { asked: Nudged }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  return (
    <li>
      <Face person={person} size={32} isMuted={!person.is_active} />
      <span className={classes.name}>{person.name}</span>
      <span className={classes.state} data-done={confirmed_at !== null || undefined}>
        {confirmed_at === null ? t`未确认` : t`${clockTime(confirmed_at, language)} 已确认`}
      </span>
    </li>
  );
}
