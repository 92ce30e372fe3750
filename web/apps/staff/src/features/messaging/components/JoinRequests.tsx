import type { Id, JoinRequest } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { IconUserQuestion } from "@tabler/icons-react";
import { useState } from "react";

import { useJoinDecision, useJoinRequests } from "../hooks/useJoinRequests";
import classes from "./JoinRequests.module.css";

/** Over the messages, for the group's managers: somebody waits to be let in. */
export function JoinRequestBar({ conversationId }: { conversationId: Id }) {
  const { t } = useLingui();
  const requests = useJoinRequests(conversationId);
  const [isOpen, setIsOpen] = useState(false);
  const first = requests[0];
  // What comes later must not open by itself over what one is doing then.
  if (!first && isOpen) setIsOpen(false);
  if (!first) return null;
  const name = first.person.name;
  const count = requests.length;
  return (
    <>
      <button type="button" className={classes.bar} onClick={() => setIsOpen(true)}>
        <IconUserQuestion size={18} stroke={1.7} aria-hidden />
        <span className={classes.words}>{count > 1 ? t`${name} 等 ${count} 人等待入群` : t`${name} 等待入群`}</span>
        <span className={classes.go}>{t`去处理`}</span>
      </button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={t`入群申请`} size={440} closeButtonProps={{ "aria-label": t`关闭` }}>
        <JoinRequestList conversationId={conversationId} requests={requests} />
      </Modal>
    </>
  );
}

function JoinRequestList({ conversationId, requests }: { conversationId: Id; requests: readonly JoinRequest[] }) {
  const { t } = useLingui();
  const decide = useJoinDecision(conversationId);
  const [isBusy, setIsBusy] = useState(false);
  const run = async (some: readonly JoinRequest[], isAccepted: boolean) => {
    setIsBusy(true);
    await decide(some, isAccepted);
    setIsBusy(false);
  };
  return (
    <>
      <ul className={classes.list} aria-label={t`入群申请`}>
        {requests.map((request) => (
          <li key={request.id}>
            <Face person={request.person} size={36} />
            <span className={classes.who}>
              <strong>{request.person.name}</strong>
              <span>{t`${request.by.name} 邀请`}</span>
            </span>
            <Button size="compact-md" variant="default" disabled={isBusy} aria-label={t`拒绝 ${request.person.name}`} onClick={() => void run([request], false)}>
              {t`拒绝`}
            </Button>
            <Button size="compact-md" disabled={isBusy} aria-label={t`同意 ${request.person.name}`} onClick={() => void run([request], true)}>
              {t`同意`}
            </Button>
          </li>
        ))}
      </ul>
      {requests.length > 1 ? (
        <Button fullWidth mt="sm" disabled={isBusy} onClick={() => void run(requests, true)}>
          {t`全部同意`}
        </Button>
      ) : null}
    </>
  );
}

/** In the list of chats, before what was said last. */
export function JoinRequestMark({ conversationId, className }: { conversationId: Id; className: string | undefined }) {
  const { t } = useLingui();
  return useJoinRequests(conversationId).length > 0 ? <span className={className}>{t`[入群申请]`} </span> : null;
}
