import { newClientId, type Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { openDirect, postForward } from "../api/messaging";
import { useMessenger } from "../hooks/useMessenger";
import { useSelecting, type Forwarding } from "../hooks/useSelecting";
import { TargetPicker, type Target } from "./TargetPicker";
import classes from "./MemberPicker.module.css";

const MOST_TARGETS = 20;

/** Where to say it again, and what to say about it. */
export function ForwardDialog({ conversationId }: { conversationId: Id }) {
  const { t } = useLingui();
  const { forwarding, stopForwarding } = useSelecting();
  const count = forwarding?.seqs.length ?? 0;
  return (
    <Modal opened={forwarding !== null} onClose={stopForwarding} title={count > 1 ? t`转发 ${count} 条消息` : t`转发`} size={460} closeButtonProps={{ "aria-label": t`关闭` }}>
      {forwarding ? <ForwardForm conversationId={conversationId} forwarding={forwarding} /> : null}
    </Modal>
  );
}

function ForwardForm({ conversationId, forwarding }: { conversationId: Id; forwarding: Forwarding }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const { stop, stopForwarding } = useSelecting();
  // One for this dialog: pressed again after a lost answer, nothing is said twice.
  const [clientId] = useState(newClientId);
  const [picked, setPicked] = useState<readonly Target[]>([]);
  const [comment, setComment] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isTooMany = picked.length > MOST_TARGETS;

  const send = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      const to = await Promise.all(picked.map(async (it) => it.conversationId ?? (await openTalk(it.id))));
      await postForward(conversationId, { client_id: clientId, ...forwarding, to, comment });
      stop();
      stopForwarding();
      showToast("done", t`已转发`);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  const openTalk = async (personId: Id) => {
    const conversation = await openDirect(personId);
    messenger.take(conversation);
    return conversation.id;
  };
  return (
    <div className={classes.form}>
      <TargetPicker picked={picked} onChange={setPicked} />
      <TextInput label={t`附言`} placeholder={t`可以不填`} value={comment} maxLength={8000} onChange={(event) => setComment(event.currentTarget.value)} />
      {isTooMany ? <p role="alert" className={classes.problem}>{t`一次最多转发给 ${MOST_TARGETS} 个会话。`}</p> : null}
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button fullWidth size="md" disabled={picked.length === 0 || isTooMany} loading={isBusy} onClick={() => void send()}>
        {picked.length > 1 ? t`发送给 ${picked.length} 个会话` : t`发送`}
      </Button>
    </div>
  );
}
