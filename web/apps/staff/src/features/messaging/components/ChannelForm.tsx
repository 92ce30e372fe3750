import type { Channel, NewChannel } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, Radio, TextInput } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useMe } from "../../../app/session";
import { DepartmentPicker, type PickedDepartment } from "../../directory";
import { MemberPicker } from "./MemberPicker";
import classes from "./MemberPicker.module.css";
import type { Picked } from "./Picker";

type Wish = Omit<NewChannel, "client_id">;

interface ChannelFormProps {
  action: string;
  /** As it is; none for a new one. */
  channel?: Channel;
  onSubmit: (wish: Wish) => Promise<void>;
}

/** Its name, whom it is for, and who publishes besides its owner. */
export function ChannelForm({ action, channel, onSubmit }: ChannelFormProps) {
  const { t } = useLingui();
  const me = useMe();
  const ownerId = channel?.owner_id ?? me.id;
  const [name, setName] = useState(channel?.name ?? "");
  const [audience, setAudience] = useState(channel && channel.departments.length > 0 ? "departments" : "everybody");
  const [departments, setDepartments] = useState<readonly PickedDepartment[]>(channel?.departments ?? []);
  const [publishers, setPublishers] = useState<readonly Picked[]>((channel?.publishers ?? []).filter((it) => it.id !== ownerId));
  const [isPicking, setIsPicking] = useState(publishers.length > 0);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isForEverybody = audience === "everybody";
  const isReady = name.trim() !== "" && (isForEverybody || departments.length > 0);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    setProblem(null);
    try {
      await onSubmit({
        name,
        audience: { everybody: isForEverybody, department_ids: isForEverybody ? [] : departments.map((it) => it.id) },
        publisher_ids: publishers.map((it) => it.id),
      });
    } catch (error) {
      setProblem(sentenceOf(error));
      setIsBusy(false);
    }
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <TextInput data-autofocus label={t`频道名称`} placeholder={t`例如：全员公告`} value={name} maxLength={60} required onChange={(event) => setName(event.currentTarget.value)} />
      <Radio.Group label={t`发给谁`} value={audience} onChange={setAudience}>
        <div className={classes.choices}>
          <Radio value="everybody" label={t`全公司`} />
          <Radio value="departments" label={t`部分部门（含下级部门）`} />
        </div>
      </Radio.Group>
      {isForEverybody ? null : <DepartmentPicker picked={departments} onChange={setDepartments} />}
      {isPicking ? (
        <fieldset className={classes.fieldset}>
          <legend>{t`其他发布者`}</legend>
          <MemberPicker picked={publishers} onChange={setPublishers} without={new Set([ownerId])} />
        </fieldset>
      ) : (
        <div className={classes.publishers}>
          <span>{t`只有频道所有者可以发布。`}</span>
          <Button size="compact-md" variant="subtle" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setIsPicking(true)}>
            {t`添加发布者`}
          </Button>
        </div>
      )}
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button type="submit" fullWidth size="md" disabled={!isReady} loading={isBusy}>
        {action}
      </Button>
    </form>
  );
}
