import { LANGUAGE_NAMES, LANGUAGES } from "@hutong/i18n";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { Card } from "../../../app/Card";
import { sentenceOf } from "../../../app/client";
import { useLanguage } from "../../../app/language";
import { PaneBody, PaneHeader } from "../../../app/Panes";
import { useMe, useSignOut } from "../../../app/session";
import { useThemeChoice } from "../../../app/themeChoice";
import { showToast } from "../../../app/toast";
import { ContactWayCard } from "../../contacts";
import { MessagesCard } from "../../messaging";
import { NotificationsCard } from "../../notifications";
import { DevicesCard } from "./DevicesCard";
import { PasswordChangeForm } from "./PasswordChangeForm";
import classes from "./Settings.module.css";

export function SettingsPage() {
  const { t } = useLingui();
  return (
    <main className={classes.page}>
      <PaneHeader title={t`设置`} isAlone />
      <PaneBody width={680}>
        <MyCard />
        <Card level={2} title={t`客户联系我的方式`}>
          <ContactWayCard />
        </Card>
        <NotificationsCard />
        <MessagesCard />
        <Appearance />
        <PasswordCard />
        <DevicesCard />
        <SignOutRow />
      </PaneBody>
    </main>
  );
}

function MyCard() {
  const { t } = useLingui();
  const me = useMe();
  const facts: [string, ReactNode][] = [
    [t`账号`, me.account],
    [t`手机号`, me.phone ?? t`未填写`],
    [t`公司`, me.company.name],
  ];
  return (
    <Card>
      <div className={classes.me}>
        <Face person={me} size={56} />
        <div>
          <h2 className={classes.name}>{me.name}</h2>
          {me.title ? <p className={classes.hint}>{me.title}</p> : null}
        </div>
      </div>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {me.departments.map((department, at) => (
          <div key={department.id}>
            <dt>{at === 0 ? t`部门` : ""}</dt>
            <dd>
              {department.path.split("/").join(" / ")}
              {department.is_head ? <span className={classes.head}>{t`负责人`}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Appearance() {
  const { t } = useLingui();
  const { language, setLanguage } = useLanguage();
  const { choice, choose } = useThemeChoice();
  return (
    <Card level={2} title={t`外观与语言`}>
      <div className={classes.choice}>
        <span id="theme-label">{t`外观`}</span>
        <SegmentedControl
          aria-labelledby="theme-label"
          value={choice}
          onChange={(value) => choose(value)}
          data={[
            { value: "auto", label: t`跟随系统` },
            { value: "light", label: t`浅色` },
            { value: "dark", label: t`深色` },
          ]}
        />
      </div>
      <div className={classes.choice}>
        <span id="language-label">{t`语言`}</span>
        <SegmentedControl
          aria-labelledby="language-label"
          value={language}
          onChange={(value) => setLanguage(value)}
          data={LANGUAGES.map((code) => ({ value: code, label: <span lang={code}>{LANGUAGE_NAMES[code]}</span> }))}
        />
      </div>
    </Card>
  );
}

function PasswordCard() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const changed = () => {
    setOpen(false);
    showToast("done", t`密码已更改，其他设备已退出登录`);
  };
  return (
    <Card level={2} title={t`密码`} hint={t`更改密码后，其他设备会退出登录。`}>
      {isOpen ? (
        <PasswordChangeForm onChanged={changed} submitLabel={t`更改密码`} />
      ) : (
        <Button variant="default" mt="md" onClick={() => setOpen(true)}>
          {t`更改密码`}
        </Button>
      )}
    </Card>
  );
}

function SignOutRow() {
  const { t } = useLingui();
  const signOut = useSignOut();
  const leave = () => void signOut(false).catch((error: unknown) => showToast("failed", sentenceOf(error)));
  return (
    <Button variant="default" fullWidth onClick={leave}>
      {t`退出登录`}
    </Button>
  );
}
