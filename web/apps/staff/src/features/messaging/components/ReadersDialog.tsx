import type { Reader, Receipt } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { Face, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Tabs } from "@mantine/core";
import { useEffect, useState } from "react";

import { useInbox, useMessenger, useReceipt } from "../hooks/useMessenger";
import { useReaders } from "../hooks/useReaders";
import classes from "./ReadersDialog.module.css";

interface ReadersDialogProps {
  conversationId: Id;
  /** The message; null: closed. */
  seq: number | null;
  onClose: () => void;
}

/** Who has read one's own message, and who has not. */
export function ReadersDialog({ conversationId, seq, onClose }: ReadersDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened={seq !== null} onClose={onClose} title={t`消息阅读情况`} size={420} closeButtonProps={{ "aria-label": t`关闭` }}>
      {seq !== null ? <Readers conversationId={conversationId} seq={seq} /> : null}
    </Modal>
  );
}

function Readers({ conversationId, seq }: { conversationId: Id; seq: number }) {
  const { t } = useLingui();
  const { receipts } = useMessenger();
  useEffect(() => receipts.watch(conversationId, seq), [receipts, conversationId, seq]);
  const receipt: Partial<Receipt> = useReceipt(conversationId, seq) ?? {};
  const { read_count: read, unread_count: unread } = receipt;
  const [first] = useState(unread === 0 ? "read" : "unread");
  return (
    <Tabs defaultValue={first} keepMounted={false}>
      <Tabs.List grow aria-label={t`消息阅读情况`}>
        <Tabs.Tab value="unread" data-autofocus={first === "unread" || undefined}>{unread === undefined ? t`未读` : t`未读 ${unread}`}</Tabs.Tab>
        <Tabs.Tab value="read" data-autofocus={first === "read" || undefined}>{read === undefined ? t`已读` : t`已读 ${read}`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="unread">
        <ReaderList conversationId={conversationId} seq={seq} state="unread" nobody={t`大家都读过了。`} />
      </Tabs.Panel>
      <Tabs.Panel value="read">
        <ReaderList conversationId={conversationId} seq={seq} state="read" nobody={t`还没有人读。`} />
      </Tabs.Panel>
    </Tabs>
  );
}

function ReaderList({ conversationId, seq, state, nobody }: { conversationId: Id; seq: number; state: "read" | "unread"; nobody: string }) {
  const { t } = useLingui();
  const { readers, isPending, isFailed, isMoreComing, hasMore, loadMore, refresh } = useReaders(conversationId, seq, state);
  if (isPending) return <SkeletonRows count={3} height={48} face={32} />;
  if (isFailed) {
    return (
      <p className={classes.note}>
        {t`名单没有加载出来。`} <Button size="compact-sm" variant="subtle" onClick={() => void refresh()}>{t`重新加载`}</Button>
      </p>
    );
  }
  if (readers.length === 0) return <p className={classes.note}>{nobody}</p>;
  return (
    <>
      <ul className={classes.people}>
        {readers.map((reader) => (
          <Row key={reader.person.id} reader={reader} />
        ))}
      </ul>
      {hasMore ? (
        <Button fullWidth size="compact-md" variant="subtle" loading={isMoreComing} onClick={loadMore}>
          {t`显示更多成员`}
        </Button>
      ) : null}
    </>
  );
}

function Row({ reader: { person } }: { reader: Reader }) {
  const remark = useInbox((state) => state.remarks[person.id]);
  return (
    <li>
      <Face person={person} size={32} isMuted={!person.is_active} />
      <span>{remark ?? person.name}</span>
    </li>
  );
}
