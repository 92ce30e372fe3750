import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useMemo, useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { invitePeople } from "../api/groups";
import { useParticipants } from "../hooks/useParticipants";
import { MemberPicker } from "./MemberPicker";
import classes from "./MemberPicker.module.css";
import type { Picked } from "./Picker";

interface InviteDialogProps {
  conversationId: Id;
  /** Whoever is invited waits until a manager lets them in. */
  needsApproval: boolean;
  isOpen: boolean;
  onClose: () => void;
}

export function InviteDialog({ conversationId, needsApproval, isOpen, onClose }: InviteDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`邀请同事`} closeButtonProps={{ "aria-label": t`关闭` }} size={460}>
      {isOpen ? <Invite conversationId={conversationId} needsApproval={needsApproval} onDone={onClose} /> : null}
    </Modal>
  );
}

function Invite({ conversationId, needsApproval, onDone }: { conversationId: Id; needsApproval: boolean; onDone: () => void }) {
  const { t } = useLingui();
  const { participants, refresh } = useParticipants(conversationId);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const alreadyIn = useMemo(() => new Set(participants.map((it) => it.person.id)), [participants]);
  const invite = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      const { waiting_count } = await invitePeople(conversationId, picked.map((it) => it.id));
      await refresh();
      showToast("done", waiting_count > 0 ? t`已提交，等群主或副群主同意` : t`已邀请 ${picked.length} 人`);
      onDone();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className={classes.form}>
      <MemberPicker picked={picked} onChange={setPicked} without={alreadyIn} />
      {needsApproval ? <p className={classes.note}>{t`这个群入群需要群主或副群主同意。`}</p> : null}
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button fullWidth size="md" disabled={picked.length === 0} loading={isBusy} onClick={() => void invite()}>
        {picked.length > 0 ? t`邀请 ${picked.length} 人` : t`邀请`}
      </Button>
    </div>
  );
}
