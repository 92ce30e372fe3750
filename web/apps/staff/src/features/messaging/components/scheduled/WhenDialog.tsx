import { comingTime } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";

import { useLanguage } from "../../../../app/language";
import { fieldsOf, instantOf, isThen } from "../../state/sendTimes";
import classes from "./Scheduled.module.css";

interface WhenDialogProps {
  title: string;
  action: string;
  /** The words, where they may be changed here. */
  text?: string;
  /** Null: an hour from now. */
  at: string | null;
  onDone: (text: string, at: Date) => Promise<boolean>;
  onClose: () => void;
}

const HOUR = 3_600_000;

/** When it shall be said, to the minute, and in which words. */
export function WhenDialog({ title, action, text, at, onDone, onClose }: WhenDialogProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [begin] = useState(() => new Date());
  const [words, setWords] = useState(text ?? "");
  const [{ day, time }, setFields] = useState(() => {
    const known = at === null ? null : new Date(at);
    return fieldsOf(known && isThen(known, begin) ? known : new Date(begin.getTime() + HOUR));
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const instant = instantOf(day, time);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const change = (fields: Partial<{ day: string; time: string }>) => {
    setFields((before) => ({ ...before, ...fields }));
    setProblem(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!instant || !isThen(instant, new Date())) return setProblem(t`请选一分钟之后、一年之内的时间。`);
    if (text !== undefined && !words.trim()) return setProblem(t`消息是空的，请写点什么。`);
    setIsBusy(true);
    const isDone = await onDone(words.trim(), instant);
    setIsBusy(false);
    if (isDone) onClose();
    return undefined;
  };
  return (
    <Modal opened onClose={onClose} title={title} size={400} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": t`关闭` }}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        {text === undefined ? null : (
          <Textarea label={t`内容`} autosize minRows={2} maxRows={10} value={words} data-autofocus onChange={(event) => setWords(event.currentTarget.value)} />
        )}
        <div className={classes.when}>
          <TextInput type="date" label={t`日期`} value={day} min={fieldsOf(begin).day} onChange={(event) => change({ day: event.currentTarget.value })} />
          <TextInput type="time" label={t`时间`} value={time} onChange={(event) => change({ time: event.currentTarget.value })} />
        </div>
        <p className={classes.note}>{instant ? t`${comingTime(instant, language)}，按 ${zone} 的时间` : t`按 ${zone} 的时间`}</p>
        {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
        <Button type="submit" fullWidth size="md" loading={isBusy}>
          {action}
        </Button>
      </form>
    </Modal>
  );
}
