import type { Session } from "@hutong/api";
import { fullTime, listTime } from "@hutong/i18n";
import { Bone } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Card } from "../../../app/Card";
import { sentenceOf } from "../../../app/client";
import { useLanguage } from "../../../app/language";
import { useSignOut } from "../../../app/session";
import { sessionsQuery } from "../api/session";
import { describeBrowser } from "./describeBrowser";
import { Problem } from "./Problem";
import classes from "./Settings.module.css";

const SHOWN_AT_FIRST = 5;

/** Where this person is signed in, and the way to end it all at once. */
export function DevicesCard() {
  const { t } = useLingui();
  const sessions = useQuery(sessionsQuery);
  const [isAsking, setAsking] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const all = sessions.data ?? [];
  const shown = showsAll ? all : all.slice(0, SHOWN_AT_FIRST);
  return (
    <Card level={2} title={t`登录的设备`} hint={t`看到不认识的设备时，先退出所有设备，再更改密码。`}>
      <ul className={classes.devices} aria-busy={sessions.isPending}>
        {shown.map((session) => <Device key={session.id} session={session} />)}
        {sessions.isPending ? (
          <li>
            <Bone width={22} height={22} />
            <div style={{ flex: 1 }}><Bone width="40%" /><Bone width="60%" height={10} style={{ marginTop: 8 }} /></div>
          </li>
        ) : null}
      </ul>
      {shown.length < all.length ? (
        <button type="button" className={classes.more} onClick={() => setShowsAll(true)}>{t`显示全部 ${all.length} 台设备`}</button>
      ) : null}
      <Problem>{sessions.error ? sentenceOf(sessions.error) : null}</Problem>
      <Button variant="light" color="red" mt="md" onClick={() => setAsking(true)}>
        {t`退出所有设备`}
      </Button>
      <SignOutEverywhere isOpen={isAsking} close={() => setAsking(false)} />
    </Card>
  );
}

function Device({ session }: { session: Session }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { browser, system, isPhone } = describeBrowser(session.user_agent);
  const name = [browser, system].filter(Boolean).join(" · ") || t`未知设备`;
  const Icon = isPhone ? IconDeviceMobile : IconDeviceDesktop;
  const seen = listTime(session.last_seen_at, language);
  const since = fullTime(session.created_at, language);
  return (
    <li>
      <Icon size={22} stroke={1.6} aria-hidden />
      <div className={classes.device}>
        <div>
          {name}
          {session.is_current ? <span className={classes.current}>{t`本机`}</span> : null}
        </div>
        <div className={classes.hint}>
          {session.address ? `${session.address} · ` : null}
          {t`最近活动 ${seen}，登录于 ${since}`}
        </div>
      </div>
    </li>
  );
}

function SignOutEverywhere({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const { t } = useLingui();
  const signOut = useSignOut();
  const leave = useMutation({ mutationFn: () => signOut(true) });
  return (
    <Modal opened={isOpen} onClose={close} title={t`退出所有设备？`} closeButtonProps={{ "aria-label": t`关闭` }}>
      <p style={{ margin: "0 0 16px" }}>{t`包括这一台。之后每台设备都要重新输入密码登录；没发完的消息会留在各自的设备上。`}</p>
      <Problem>{leave.error ? sentenceOf(leave.error) : null}</Problem>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>{t`取消`}</Button>
        <Button color="red" loading={leave.isPending} onClick={() => leave.mutate()}>{t`全部退出`}</Button>
      </Group>
    </Modal>
  );
}
