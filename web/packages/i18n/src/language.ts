export type Language = "zh-CN" | "en";

export const LANGUAGES: readonly Language[] = ["zh-CN", "en"];
export const LANGUAGE_NAMES: Record<Language, string> = { "zh-CN": "简体中文", en: "English" };

const STORED_AS = "hutong.language";

/** The first language of the list that we speak; Chinese where none is. */
export function matchLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    if (lower.startsWith("zh")) return "zh-CN";
    if (lower.startsWith("en")) return "en";
  }
  return "zh-CN";
}

/** What the reader chose on this device, else what their browser asks for. */
export function chosenLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED_AS);
    if (stored === "zh-CN" || stored === "en") return stored;
  } catch {
    // Private windows may refuse storage: the browser's own wish is good enough.
  }
  return matchLanguage(typeof navigator === "undefined" ? [] : navigator.languages);
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    // Nothing is lost but the memory of the choice.
  }
}
