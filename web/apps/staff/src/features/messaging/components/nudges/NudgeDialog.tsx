import type { Id } from "@hutong/realtime";
import { Face, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Modal } from "@mantine/core";
import { useState } from "react";

import { sentenceOf } from "../../../../app/client";
import { showToast } from "../../../../app/toast";
import { postNudge } from "../../api/nudges";
import { useInbox } from "../../hooks/useMessenger";
import { forgetNudgeState } from "../../hooks/useNudges";
import { useReaders } from "../../hooks/useReaders";
import readers from "../ReadersDialog.module.css";
import classes from "./Nudges.module.css";

/** In larger groups people are chosen by name. */
const MOST_AT_ONCE = 200;

/** Whom to ask to look at one's own message now: all who have not read it, or some. */
export function NudgeDialog({ conversationId, seq, onClose }: { conversationId: Id; seq: number; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Modal opened onClose={onClose} title={t`加急提醒`} size={420} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": t`关闭` }}>
      <p className={classes.hint}>{t`没有读的人会立刻收到提醒和声音，免打扰时也会，直到对方点“收到”。`}</p>
      <Choice conversationId={conversationId} seq={seq} onClose={onClose} />
    </Modal>
  );
}

function Choice({ conversationId, seq, onClose }: { conversationId: Id; seq: number; onClose: () => void }) {
  const { t } = useLingui();
  const { readers: unread, isPending, isFailed, hasMore, isMoreComing, loadMore, refresh } = useReaders(conversationId, seq, "unread");
  const mayAskAll = useInbox((state) => (state.conversations[conversationId]?.participant_count ?? 0) <= MOST_AT_ONCE);
  // Null: everybody who has not read it, also beyond what is loaded.
  const [chosen, setChosen] = useState<ReadonlySet<Id> | null>(mayAskAll ? null : new Set());
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (isPending) return <SkeletonRows count={3} height={48} face={32} />;
  if (isFailed) return <Button variant="light" onClick={() => void refresh()}>{t`重新加载`}</Button>;
  if (unread.length === 0) return <p className={classes.hint}>{t`大家都读过了。`}</p>;
  const toggle = (id: Id) => {
    const next = new Set(chosen ?? unread.map((it) => it.person.id));
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const send = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await postNudge(conversationId, seq, chosen === null ? null : [...chosen]);
      forgetNudgeState(conversationId, seq);
      showToast("done", t`已加急提醒。`);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setIsBusy(false);
    }
  };
  const count = chosen?.size ?? 0;
  return (
    <>
      {mayAskAll && unread.length > 1 ? (
        <Checkbox className={classes.all} label={t`所有没有读的人`} checked={chosen === null} onChange={() => setChosen(chosen === null ? new Set() : null)} />
      ) : null}
      <ul className={readers.people} aria-label={t`没有读的人`}>
        {unread.map(({ person }) => (
          <li key={person.id}>
            <Checkbox
              className={classes.choice}
              classNames={{ body: classes.choiceBody }}
              checked={chosen === null || chosen.has(person.id)}
              onChange={() => toggle(person.id)}
              label={
                <span className={classes.person}>
                  <Face person={person} size={32} /> {person.name}
                </span>
              }
            />
          </li>
        ))}
      </ul>
      {hasMore ? (
        <Button fullWidth size="compact-md" variant="subtle" loading={isMoreComing} onClick={loadMore}>
          {t`显示更多成员`}
        </Button>
      ) : null}
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button fullWidth size="md" mt="md" disabled={chosen !== null && count === 0} loading={isBusy} onClick={() => void send()}>
        {chosen === null ? t`加急提醒` : t`加急提醒 ${count} 人`}
      </Button>
    </>
  );
}
