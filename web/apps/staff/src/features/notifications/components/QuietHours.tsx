import type { NotificationSettings } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Switch, TextInput } from "@mantine/core";
import { useState } from "react";

import classes from "./NotificationsCard.module.css";

type Quiet = NonNullable<NotificationSettings["quiet_hours"]>;

interface QuietHoursProps {
  quiet: Quiet | null;
  isReady: boolean;
  onChoose: (quiet: Quiet | null) => void;
}

/** The hours in which nothing sounds or shows: switched on with a night, then set to one's own. */
export function QuietHours({ quiet, isReady, onChoose }: QuietHoursProps) {
  const { t } = useLingui();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = quiet?.time_zone ?? here;
  return (
    <div>
      <Switch
        label={t`免打扰时段`}
        description={t`这段时间里不响、不弹通知，消息照常收到`}
        labelPosition="left"
        disabled={!isReady}
        checked={quiet !== null}
        onChange={(event) => onChoose(event.currentTarget.checked ? { begins: "22:00", ends: "08:00", time_zone: here } : null)}
      />
      {quiet ? (
        <div className={classes.hours}>
          <TimeField key={`begins ${quiet.begins}`} label={t`从`} value={quiet.begins} other={quiet.ends} onChange={(begins) => onChoose({ ...quiet, begins, time_zone: here })} />
          <TimeField key={`ends ${quiet.ends}`} label={t`到`} value={quiet.ends} other={quiet.begins} onChange={(ends) => onChoose({ ...quiet, ends, time_zone: here })} />
          <p className={classes.hint}>{quiet.ends < quiet.begins ? t`次日结束，按 ${zone} 的时间` : t`按 ${zone} 的时间`}</p>
        </div>
      ) : null}
    </div>
  );
}

/** Told when it is left, not at every key: half a time is none. */
function TimeField({ label, value, other, onChange }: { label: string; value: string; other: string; onChange: (value: string) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(value);
  const problem = typed === other ? t`开始和结束不能相同` : null;
  const leave = () => {
    if (typed && !problem && typed !== value) onChange(typed);
    else if (!typed) setTyped(value);
  };
  return <TextInput type="time" label={label} value={typed} error={problem} onChange={(event) => setTyped(event.currentTarget.value)} onBlur={leave} />;
}
