/** What stands for somebody without a picture. No framework here: the consumer's page uses it too. */

/** Deep enough for white letters at 4.5:1, apart enough to tell neighbours in a list apart. */
export const FACE_COLOURS = [
  "#0b6b85", "#3f6212", "#8a4b08", "#9d2f4f", "#5b4b9a", "#1f6f54", "#3457a6", "#7a4560", "#6b5a12", "#455a64",
] as const;

/** The same person has the same colour on every screen and every day. */
export function faceColour(id: string): string {
  let hash = 2166136261;
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 16777619);
  }
  // Ids are handed out in order of time: without this the low bits of neighbours would differ little.
  hash ^= hash >>> 13;
  return FACE_COLOURS[(hash >>> 0) % FACE_COLOURS.length] ?? FACE_COLOURS[0];
}

const HANZI = /\p{Script=Han}/u;

// A customer is often kept as surname and form of address, or as a guest with a code: neither's last two signs tell them apart.
const ADDRESSED = /^(\p{Script=Han}{1,2})(女士|先生|小姐|太太|老师|总|经理)$/u;
const GUEST = /^访客([A-Z]{2,})$/u;

/** 林晓 → 林晓, 欧阳晓东 → 晓东, 吴女士 → 吴, 访客KEHM → HM, Sun Wei → SW, hengda → H. `letters` 1 gives one sign, for small faces. */
export function faceText(name: string, letters: 1 | 2 = 2): string {
  const surname = ADDRESSED.exec(name.trim())?.[1];
  if (surname !== undefined) return letters === 1 ? (surname[0] ?? surname) : surname;
  const code = GUEST.exec(name.trim())?.[1];
  if (code !== undefined) return code.slice(-letters);
  const signs = Array.from(name.trim());
  const hanzi = signs.filter((sign) => HANZI.test(sign));
  if (hanzi.length > 0) return hanzi.slice(-letters).join("");
  const words = name.trim().split(/[\s._-]+/).filter(Boolean);
  const initials = words.map((word) => Array.from(word)[0] ?? "").join("");
  const first = Array.from(initials)[0] ?? "";
  const last = words.length > 1 ? (Array.from(initials).at(-1) ?? "") : "";
  return (letters === 1 ? first : first + last).toUpperCase() || "·";
}
