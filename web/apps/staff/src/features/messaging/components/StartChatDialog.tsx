import { useLingui } from "@lingui/react/macro";
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { useStartChat } from "../hooks/useStartChat";
import { MemberPicker } from "./MemberPicker";
import classes from "./MemberPicker.module.css";
import type { Picked } from "./Picker";

interface StartChatDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Already in it, for a group that grows out of a direct talk. */
  withPeople?: readonly Picked[];
}

/** One colleague is a talk, several are a group. */
export function StartChatDialog({ isOpen, onClose, withPeople }: StartChatDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`发起聊天`} closeButtonProps={{ "aria-label": t`关闭` }} size={460}>
      {isOpen ? <StartChat withPeople={withPeople ?? []} onDone={onClose} /> : null}
    </Modal>
  );
}

function StartChat({ withPeople, onDone }: { withPeople: readonly Picked[]; onDone: () => void }) {
  const { t } = useLingui();
  const { openDirectWith, openGroupOf } = useStartChat();
  const [picked, setPicked] = useState(withPeople);
  const [name, setName] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isGroup = picked.length > 1;

  const start = async () => {
    const [first] = picked;
    if (!first || isBusy) return;
    setIsBusy(true);
    setProblem(null);
    try {
      if (isGroup) await openGroupOf(name, picked.map((it) => it.id));
      else await openDirectWith(first.id);
      onDone();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <div className={classes.form}>
      <MemberPicker picked={picked} onChange={setPicked} />
      <TextInput
        label={t`群名称`}
        placeholder={t`可以不填，默认用成员名字`}
        value={name}
        maxLength={60}
        disabled={!isGroup}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button fullWidth size="md" disabled={picked.length === 0} loading={isBusy} onClick={() => void start()}>
        {isGroup ? t`创建群聊（${picked.length + 1} 人）` : t`开始聊天`}
      </Button>
    </div>
  );
}
