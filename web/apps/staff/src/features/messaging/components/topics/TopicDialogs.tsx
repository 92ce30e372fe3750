import type { Conversation } from "@hutong/realtime";
import { newClientId } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";

import { sentenceOf } from "../../../../app/client";
import { openTopic, patchTopic } from "../../api/topics";
import { useMessenger } from "../../hooks/useMessenger";
import { useTopicDialog, type TopicDialog } from "../../hooks/useTopics";
import { TopicList } from "./TopicList";
import classes from "./Topics.module.css";

const LONGEST = 60;

/** The dialogs of a group's topics: all of them, beginning one with a message, and giving one another name. */
export function TopicDialogs({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const { dialog, show } = useTopicDialog();
  const titles = { list: t`话题`, begin: t`用这条消息发起话题`, rename: t`修改话题名称` };
  return (
    <Modal opened={dialog !== null} onClose={() => show(null)} title={titles[dialog?.mode ?? "list"]} size={460} closeButtonProps={{ "aria-label": t`关闭` }}>
      {dialog ? <Content key={dialog.mode} conversation={conversation} dialog={dialog} /> : null}
    </Modal>
  );
}

function Content({ conversation, dialog }: { conversation: Conversation; dialog: TopicDialog }) {
  const { t } = useLingui();
  const { topics } = useMessenger();
  const { show, go } = useTopicDialog();
  // One for this dialog: pressed again after a lost answer, no second topic is opened.
  const [clientId] = useState(newClientId);
  const begin = async (name: string, seq: number | null) => {
    const topic = await openTopic(conversation.id, clientId, name, seq);
    topics.learn([topic]);
    go(topic.id);
  };
  if (dialog.mode === "list") {
    return (
      <>
        <NameForm label={t`新话题`} action={t`发起话题`} isInLine onSave={(name) => begin(name, null)} />
        <TopicList conversation={conversation} />
      </>
    );
  }
  if (dialog.mode === "begin") return <NameForm label={t`话题名称`} name={dialog.name} action={t`发起话题`} onSave={(name) => begin(name, dialog.seq)} />;
  const { topic } = dialog;
  const rename = async (name: string) => {
    topics.learn([await patchTopic(conversation.id, topic.id, { name })]);
    show(null);
  };
  return <NameForm label={t`话题名称`} name={topic.name} action={t`保存`} onSave={rename} />;
}

interface NameFormProps {
  label: string;
  name?: string;
  action: string;
  isInLine?: boolean;
  onSave: (name: string) => Promise<void>;
}

function NameForm({ label, name: given = "", action, isInLine = false, onSave }: NameFormProps) {
  const { t } = useLingui();
  const [name, setName] = useState(given);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    setIsBusy(true);
    setProblem(null);
    try {
      await onSave(name.trim());
    } catch (error) {
      setProblem(sentenceOf(error));
      setIsBusy(false);
    }
  };
  return (
    <form className={classes.form} data-in-line={isInLine || undefined} onSubmit={(event) => void save(event)}>
      <TextInput
        className={classes.field}
        label={label}
        placeholder={t`例如：定价方案`}
        value={name}
        maxLength={LONGEST}
        error={problem}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!name.trim()} loading={isBusy}>
        {action}
      </Button>
    </form>
  );
}
