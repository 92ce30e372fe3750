import type { NotificationSettings } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { carriersQuery } from "../api/notifications";
import classes from "./NotificationsCard.module.css";

type Digest = NonNullable<NotificationSettings["digest"]>;

const OFF = "off";
const MINUTES = [15, 60, 240] as const;

interface DigestRowProps {
  digest: Digest | null;
  isReady: boolean;
  onChoose: (digest: Digest | null) => void;
}

/** What stays unread, told by mail or text message; nothing where the server has neither. */
export function DigestRow({ digest, isReady, onChoose }: DigestRowProps) {
  const { t } = useLingui();
  const carriers = useQuery(carriersQuery).data ?? [];
  if (carriers.length === 0 && digest === null) return null;
  const ways: Record<Digest["by"], Record<Digest["after_minutes"], string>> = {
    mail: { 15: t`15 分钟后发邮件`, 60: t`1 小时后发邮件`, 240: t`4 小时后发邮件` },
    sms: { 15: t`15 分钟后发短信`, 60: t`1 小时后发短信`, 240: t`4 小时后发短信` },
  };
  const reachable = carriers.filter((it) => it.address !== null || it.carrier === digest?.by);
  const address = carriers.find((it) => it.carrier === (digest?.by ?? reachable[0]?.carrier))?.address;
  const choices = reachable.flatMap(({ carrier }) => MINUTES.map((it) => ({ value: `${carrier} ${it}`, label: ways[carrier][it] })));
  const choose = (value: string) => {
    const [by, minutes] = value.split(" ");
    onChoose(value === OFF ? null : { by: by as Digest["by"], after_minutes: Number(minutes) as Digest["after_minutes"] });
  };
  return (
    <div className={classes.row}>
      <div>
        <label htmlFor="digest">{t`一直没看的消息`}</label>
        <p className={classes.hint} id="digest-hint">
          {address ? t`合成一封摘要，发到 ${address}` : t`通讯录里没有你的邮箱或手机号，请联系管理员补上。`}
        </p>
      </div>
      <NativeSelect
        id="digest"
        aria-describedby="digest-hint"
        disabled={!isReady || reachable.length === 0}
        value={digest ? `${digest.by} ${digest.after_minutes}` : OFF}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[{ value: OFF, label: t`不另外提醒` }, ...choices]}
      />
    </div>
  );
}
