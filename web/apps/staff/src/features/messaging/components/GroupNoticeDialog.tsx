import { messageTime } from "@hutong/i18n";
import type { Conversation, GroupNotice } from "@hutong/realtime";
import { Face, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Switch, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { useLanguage } from "../../../app/language";
import { showToast } from "../../../app/toast";
import { getNotice, putNotice } from "../api/groups";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { mayEditGroup, mayMentionAll } from "../state/groups";
import classes from "./GroupNotice.module.css";
import { MessageText } from "./MessageText";

const LONGEST = 2000;

interface GroupNoticeDialogProps {
  conversation: Conversation;
  isOpen: boolean;
  onClose: () => void;
}

/** The whole of a group's notice, and for those who may, the place to write it. */
export function GroupNoticeDialog({ conversation, isOpen, onClose }: GroupNoticeDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`群公告`} size={480} closeButtonProps={{ "aria-label": t`关闭` }}>
      {isOpen ? <Notice conversation={conversation} onDone={onClose} /> : null}
    </Modal>
  );
}

function Notice({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const { t } = useLingui();
  const personId = useInbox((state) => state.personId);
  const known = conversation.group?.notice;
  const { data, isError, refetch } = useQuery({
    queryKey: ["messaging", "notice", conversation.id, known?.seq],
    queryFn: () => getNotice(conversation.id),
    enabled: known !== undefined,
    staleTime: Infinity,
  });
  // Once begun, writing goes on, also where somebody else publishes meanwhile.
  const [before, setBefore] = useState<string | null>(known === undefined ? "" : null);
  if (before !== null) return <NoticeForm conversation={conversation} text={before} onDone={onDone} />;
  if (known && isError) {
    return (
      <p className={classes.note}>
        {t`群公告没有加载出来。`} <Button size="compact-sm" variant="subtle" onClick={() => void refetch()}>{t`重新加载`}</Button>
      </p>
    );
  }
  if (known && !data) return <SkeletonRows count={2} height={48} face={28} />;
  if (!data) return <p className={classes.note}>{t`群公告已清空。`}</p>;
  return (
    <>
      <NoticeText notice={data} />
      {mayEditGroup(conversation, personId) ? (
        <Button fullWidth mt="md" variant="default" onClick={() => setBefore(data.text)}>
          {t`修改公告`}
        </Button>
      ) : null}
    </>
  );
}

function NoticeText({ notice: { by, text, written_at } }: { notice: GroupNotice }) {
  const { language } = useLanguage();
  const { t } = useLingui();
  return (
    <>
      <p className={classes.who}>
        <Face person={by} size={28} isMuted={!by.is_active} />
        {t`${by.name} · ${messageTime(written_at, language)}`}
      </p>
      <MessageText text={text} mentions={null} className={classes.text} />
    </>
  );
}

function NoticeForm({ conversation, text: before, onDone }: { conversation: Conversation; text: string; onDone: () => void }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const personId = useInbox((state) => state.personId);
  const [text, setText] = useState(before);
  const [callsEverybody, setCallsEverybody] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isEmpty = text.trim() === "";
  const save = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      messenger.take(await putNotice(conversation.id, text, callsEverybody && !isEmpty));
      showToast("done", isEmpty ? t`群公告已清空` : t`群公告已发布`);
      onDone();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className={classes.form}>
      <Textarea
        data-autofocus
        aria-label={t`群公告内容`}
        placeholder={t`写下要让群里每个人知道的事`}
        autosize
        minRows={5}
        maxRows={14}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {mayMentionAll(conversation, personId) ? (
        <Switch label={t`同时 @所有人`} checked={callsEverybody} disabled={isEmpty} onChange={(event) => setCallsEverybody(event.currentTarget.checked)} />
      ) : null}
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button size="md" loading={isBusy} disabled={text.trim() === before && !(callsEverybody && !isEmpty)} color={isEmpty && before ? "red" : undefined} onClick={() => void save()}>
        {isEmpty && before ? t`清空公告` : t`发布公告`}
      </Button>
    </div>
  );
}
