import type { RetentionEffect } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";

import { sentenceOf } from "../../../../app/client";
import type { RetentionWish } from "../../api/retention";
import classes from "./Retention.module.css";

export interface Shown {
  wish: RetentionWish;
  effect: RetentionEffect;
}

/** What a rule removes now, in figures, before it holds. */
export function RetentionConfirm({ shown: { effect }, onConfirm, onClose }: { shown: Shown; onConfirm: () => Promise<void>; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const total = effect.staff_messages + effect.customer_messages;
  const count = i18n.number(total);
  const lines = [
    { key: "staff", label: t`同事之间的聊天和公告`, messages: effect.staff_messages, places: effect.staff_conversations },
    { key: "customer", label: t`和客户的会话`, messages: effect.customer_messages, places: effect.customer_conversations },
  ];
  const confirm = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setIsBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={total > 0 ? t`删除 ${count} 条消息？` : t`更新保存期限？`} size={440} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": t`关闭` }}>
      <dl className={classes.effect}>
        {lines.map(({ key, label, messages, places }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{messages === 0 ? t`没有要删除的消息` : t`${places} 个会话里的 ${i18n.number(messages)} 条消息`}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>{total > 0 ? t`确认后马上开始删除，不能恢复。以后超过期限的消息也会自动删除。` : t`现在没有要删除的消息。以后超过期限的消息会自动删除，不能恢复。`}</p>
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t`取消`}
        </Button>
        <Button color={total > 0 ? "red" : undefined} loading={isBusy} onClick={() => void confirm()}>
          {total > 0 ? t`删除并更新` : t`更新`}
        </Button>
      </Group>
    </Modal>
  );
}
