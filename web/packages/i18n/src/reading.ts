/** Finding a name by what is typed of it: its characters, their pinyin, their initials, or any of these one after another. Pure. */

/** How characters are read; several sounds for those that are read in several ways. */
export type Sounds = ReadonlyMap<string, readonly string[]>;

/** From the written table (`@hutong/i18n/sounds`): words of a syllable and the characters that may be read so. */
export function soundsOf(table: string): Sounds {
  const sounds = new Map<string, string[]>();
  for (const word of table.split(/\s+/)) {
    const syllable = /^[a-z]+/.exec(word)?.[0];
    if (!syllable) continue;
    for (const character of word.slice(syllable.length)) {
      const known = sounds.get(character);
      if (known) known.push(syllable);
      else sounds.set(character, [syllable]);
      // lü is typed lv, written lu in haste and lyu in passports.
      if (/^[ln]v/.test(syllable)) sounds.get(character)!.push(syllable.replace("v", "u"), syllable.replace("v", "yu"));
    }
  }
  return sounds;
}

/** Spaces, brackets, and what input methods put between syllables, are in nobody's way. */
const BETWEEN = /[\s\p{P}`]/gu;
const DOUBLE_INITIALS = ["zh", "ch", "sh"];

export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

interface Character {
  text: string;
  /** Where it stands in the name. */
  from: number;
  to: number;
}

/** Where in the name what is typed stands by sound, the first such place; null where it does not. */
export function placeBySound(name: string, typed: string, sounds: Sounds): [from: number, to: number] | null {
  const wanted = folded(typed).replace(BETWEEN, "");
  if (!wanted) return null;
  const characters = charactersOf(name);
  for (let at = 0; at < characters.length; at += 1) {
    const end = endOf(characters, at, wanted, 0, sounds, new Set());
    if (end > at) return [characters[at]!.from, characters[end - 1]!.to];
  }
  return null;
}

function charactersOf(name: string): Character[] {
  const characters: Character[] = [];
  let from = 0;
  for (const written of name) {
    const to = from + written.length;
    for (const text of folded(written).replace(BETWEEN, "")) characters.push({ text, from, to });
    from = to;
  }
  return characters;
}

/** After which character everything wanted is said, when one begins to read at `at`; -1 where it cannot be. */
function endOf(characters: readonly Character[], at: number, wanted: string, from: number, sounds: Sounds, failed: Set<string>): number {
  if (from === wanted.length) return at;
  const character = characters[at];
  const key = `${at} ${from}`;
  if (!character || failed.has(key)) return -1;
  const rest = wanted.slice(from);
  const steps: string[] = rest.startsWith(character.text) ? [character.text] : [];
  for (const sound of sounds.get(character.text) ?? []) {
    // The last syllable may be half typed.
    if (sound.startsWith(rest)) return at + 1;
    for (const part of [sound, DOUBLE_INITIALS.find((it) => sound.startsWith(it)), sound[0]]) {
      if (part && rest.startsWith(part)) steps.push(part);
    }
  }
  for (const step of steps) {
    const end = endOf(characters, at + 1, wanted, from + step.length, sounds, failed);
    if (end >= 0) return end;
  }
  failed.add(key);
  return -1;
}
