import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Card } from "../../../app/Card";
import { useMe } from "../../../app/session";
import { startPush, usePush } from "../hooks/usePush";
import { useChooseSettings, useNotificationSettings } from "../hooks/useSettings";
import { canPush } from "../state/push";
import { permission, type Permission } from "../state/notices";
import { playSound } from "../state/sound";
import { DigestRow } from "./DigestRow";
import classes from "./NotificationsCard.module.css";
import { QuietHours } from "./QuietHours";

/** What one is told while not looking, and when one is left alone. */
export function NotificationsCard() {
  const { t } = useLingui();
  const settings = useNotificationSettings();
  const choose = useChooseSettings();
  const chooseSound = (has_sound: boolean) => {
    choose({ has_sound });
    if (has_sound) playSound();
  };
  return (
    <Card level={2} title={t`通知`} hint={t`在一台设备上看过的，其他设备不再提醒。`}>
      <div className={classes.rows}>
        <PermissionRow />
        <Switch
          label={t`声音`}
          description={t`有新消息时响一声；正看着的会话不响`}
          labelPosition="left"
          disabled={!settings}
          checked={settings?.has_sound ?? true}
          onChange={(event) => chooseSound(event.currentTarget.checked)}
        />
        <Switch
          label={t`显示消息内容`}
          description={t`关闭后，通知只说谁在哪里发来消息`}
          labelPosition="left"
          disabled={!settings}
          checked={settings?.shows_text ?? true}
          onChange={(event) => choose({ shows_text: event.currentTarget.checked })}
        />
        <DigestRow digest={settings?.digest ?? null} isReady={settings !== undefined} onChoose={(digest) => choose({ digest })} />
        <QuietHours quiet={settings?.quiet_hours ?? null} isReady={settings !== undefined} onChoose={(quiet_hours) => choose({ quiet_hours })} />
      </div>
    </Card>
  );
}

/** Asked for only by a click, and said what to do where the browser has refused. */
function PermissionRow() {
  const { t } = useLingui();
  const cache = useQueryClient();
  const { id } = useMe();
  const [state, setState] = useState<Permission>(permission);
  const explained: Record<Permission, string> = {
    default: t`不看互通时，新消息也能在桌面上提醒你`,
    granted: t`这个浏览器会在你不看互通时提醒你`,
    denied: t`这个浏览器不允许互通发通知。请点地址栏左边的图标，把“通知”改为允许，再刷新页面。`,
    unsupported: isSecureContext
      ? t`这个浏览器不支持通知。在 iPhone 和 iPad 上，请先用“添加到主屏幕”安装互通，再从主屏幕打开。`
      : t`要用 https 打开互通，浏览器才允许通知。请联系管理员。`,
  };
  const ask = async () => {
    const answer = await Notification.requestPermission();
    if (answer === "granted") void startPush(cache, id).catch(() => undefined);
    setState(answer);
  };
  return (
    <>
    <div className={classes.row}>
      <div>
        <div>{t`系统通知`}</div>
        <p className={classes.hint}>{explained[state]}</p>
      </div>
      {state === "default" ? <Button variant="light" onClick={() => void ask()}>{t`开启`}</Button> : null}
      {state === "granted" ? <span className={classes.on}>{t`已开启`}</span> : null}
    </div>
    {state === "granted" && canPush() ? <PushRow /> : null}
    </>
  );
}

/** Through the browser's push service, which not every network lets through. */
function PushRow() {
  const { t } = useLingui();
  const { isOn, isBusy, hasFailed, choose } = usePush();
  return (
    <Switch
      label={t`互通没打开时也提醒`}
      description={
        hasFailed
          ? t`连不上浏览器的推送服务，有些网络里它用不了。互通打开着时照常提醒。`
          : t`消息加密后，经浏览器厂商的推送服务送到这台设备`
      }
      labelPosition="left"
      disabled={isBusy}
      checked={isOn}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
