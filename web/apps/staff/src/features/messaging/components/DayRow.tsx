import { daysBetween, type Language } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";

import { useLanguage } from "../../../app/language";
import classes from "./MessageList.module.css";

export function DayRow({ at }: { at: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const days = daysBetween(new Date(at), new Date());
  const day = days === 0 ? t`今天` : days === 1 ? t`昨天` : dayText(at, language);
  return (
    <li className={classes.day}>
      <span>{day}</span>
    </li>
  );
}

/** 11月20日 星期五; with the year where it is another one. */
function dayText(at: string, language: Language): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    year: isThisYear ? undefined : "numeric",
    month: "long",
    day: "numeric",
    weekday: "long",
  }).format(date);
}
