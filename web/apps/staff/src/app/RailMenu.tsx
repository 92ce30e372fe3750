import { LANGUAGE_NAMES, LANGUAGES, type Language } from "@hutong/i18n";
import { Menu } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { IconArrowsExchange, IconDots, IconKeyboard, IconLogout, IconSettings } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import { sentenceOf } from "./client";
import { useFastHands } from "./keys/FastHands";
import { Keycaps } from "./keys/Keycaps";
import { useLanguage } from "./language";
import classes from "./Rail.module.css";
import { useSignOut } from "./session";
import { showToast } from "./toast";
import { useThemeChoice } from "./themeChoice";

/** Fast ways, theme, language, settings and signing out, behind one button at the foot of the rail. */
export function RailMenu() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { language, setLanguage } = useLanguage();
  const { choice, choose } = useThemeChoice();
  const { openSwitcher, openKeys } = useFastHands();
  const themes = [
    { value: "auto", label: t`跟随系统` },
    { value: "light", label: t`浅色` },
    { value: "dark", label: t`深色` },
  ] as const;
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.entry} data-more>
          <span className={classes.icon}><IconDots size={22} stroke={1.7} aria-hidden /></span>
          <span className={classes.label}>{t`更多`}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowsExchange size={16} aria-hidden />} rightSection={<Keycaps name="switcher" />} onClick={openSwitcher}>
          {t`快速跳转`}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} rightSection={<Keycaps name="help" />} onClick={openKeys}>
          {t`键盘快捷键`}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t`外观`}</Menu.Label>
        <Menu.RadioGroup value={choice} onChange={(value) => choose(value as typeof choice)}>
          {themes.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value}>{label}</Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t`语言`}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(value) => setLanguage(value as Language)}>
          {LANGUAGES.map((code) => (
            <Menu.RadioItem key={code} value={code} lang={code}>{LANGUAGE_NAMES[code]}</Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => void navigate({ to: "/settings" })}>
          {t`设置`}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void signOut(false).catch((error: unknown) => showToast("failed", sentenceOf(error)))}
        >
          {t`退出登录`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
