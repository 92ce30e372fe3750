import { LANGUAGE_NAMES, LANGUAGES } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { useEffect, type ReactNode } from "react";

import { useLanguage } from "../../../app/language";
import classes from "./Door.module.css";

/** The page before one is inside: one card in the middle, languages below it. */
export function DoorLayout({ title, subtitle, children }: { title: ReactNode; subtitle?: ReactNode; children: ReactNode }) {
  const { t } = useLingui();
  const { language, setLanguage } = useLanguage();
  const product = t`互通`;
  useEffect(() => {
    // Also after somebody has signed out: the tab names their company no more.
    document.title = product;
  }, [product]);
  return (
    <div className={classes.door}>
      <main className={classes.card}>
        <img className={classes.mark} src={`${import.meta.env.BASE_URL}icon.svg`} alt={product} width={44} height={44} />
        <h1 className={classes.title}>{title}</h1>
        {subtitle ? <p className={classes.subtitle}>{subtitle}</p> : null}
        {children}
      </main>
      <nav className={classes.languages} aria-label={t`语言`}>
        {LANGUAGES.map((code) => (
          <button key={code} type="button" lang={code} aria-pressed={language === code} onClick={() => setLanguage(code)}>
            {LANGUAGE_NAMES[code]}
          </button>
        ))}
      </nav>
    </div>
  );
}
