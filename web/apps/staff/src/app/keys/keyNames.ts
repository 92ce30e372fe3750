/** The keys of the app, what they are called, and which event is which. Pure, but for asking what machine this is. */

/** Mod is ⌘ where there is one, and Ctrl elsewhere. */
const KEYS = {
  switcher: "Mod+K",
  help: "?",
  helpAnywhere: "Mod+/",
  search: "Mod+G",
  nextChat: "Alt+↓",
  previousChat: "Alt+↑",
  nextUnread: "Alt+Shift+↓",
  previousUnread: "Alt+Shift+↑",
  present: "Esc",
  editLast: "↑",
  answerLast: "Mod+↑",
  send: "Mod+↵",
  sendLater: "Mod+Shift+↵",
  strong: "Mod+B",
  code: "Mod+E",
  topics: "Mod+J",
} as const;

export type KeyName = keyof typeof KEYS;

const NAMED: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Enter: "↵" };

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

export function isOf(event: KeyboardEvent, name: KeyName): boolean {
  const parts: string[] = KEYS[name].split("+");
  const key = parts.pop()!;
  const [mod, other] = isMac() ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  const isHeld = mod === parts.includes("Mod") && event.altKey === parts.includes("Alt") && !other;
  // The shift of a question mark belongs to the sign, wherever the keyboard has it.
  if (key === "?") return isHeld && (event.key === "?" || event.key === "？");
  return isHeld && event.shiftKey === parts.includes("Shift") && (NAMED[event.key] ?? event.key.toUpperCase()) === key;
}

/** One that is text, or moves in a text, where one types. Escape writes nothing. */
export function isPlain(name: KeyName): boolean {
  return !/Mod|Alt|Esc/.test(KEYS[name]);
}

/** As this machine's keyboard has them: each key for itself. */
export function keycaps(name: KeyName): readonly string[] {
  const mac: Record<string, string> = { Mod: "⌘", Alt: "⌥", Shift: "⇧" };
  return KEYS[name].split("+").map((it) => (isMac() ? (mac[it] ?? it) : it === "Mod" ? "Ctrl" : it));
}

/** For a tooltip. */
export function keyText(name: KeyName): string {
  return keycaps(name).join(isMac() ? "" : "+");
}

/** For `aria-keyshortcuts`. */
export function ariaKey(name: KeyName): string {
  const words: Record<string, string> = { Mod: isMac() ? "Meta" : "Control", "↑": "ArrowUp", "↓": "ArrowDown", Esc: "Escape", "↵": "Enter" };
  return KEYS[name].split("+").map((it) => words[it] ?? it).join("+");
}
