import { chosenLanguage, storeLanguage, type Language } from "@hutong/i18n";
import { i18n, type Messages } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

type Catalogs = Record<string, { messages: Messages }>;

// One chunk a language: the rooms' catalogs are joined at build time and only the chosen language is fetched.
const CATALOGS: Record<Language, () => Promise<{ catalogs: Catalogs }>> = {
  "zh-CN": () => import("./catalogs.zh"),
  en: () => import("./catalogs.en"),
};

export async function activateLanguage(language: Language): Promise<void> {
  const { catalogs } = await CATALOGS[language]();
  const messages: Messages = {};
  for (const catalog of Object.values(catalogs)) Object.assign(messages, catalog.messages);
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

/** For code outside components; inside them `useLanguage` follows a change. */
export function currentLanguage(): Language {
  return i18n.locale === "en" ? "en" : i18n.locale === "zh-CN" ? "zh-CN" : chosenLanguage();
}

interface LanguageChoice {
  language: Language;
  setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: "zh-CN", setLanguage: () => undefined });

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setState] = useState<Language>(currentLanguage);
  const setLanguage = useCallback((next: Language) => {
    storeLanguage(next);
    void activateLanguage(next).then(() => setState(next));
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo(() => ({ language, setLanguage }), [language, setLanguage]);
  return (
    <I18nProvider i18n={i18n}>
      <LanguageContext value={choice}>{children}</LanguageContext>
    </I18nProvider>
  );
}

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}
