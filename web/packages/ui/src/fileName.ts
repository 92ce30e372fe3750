/** Long names of files are shortened before their ending: it says what a file is, whatever else the name says. */

const BEFORE_ENDING = 4;
const LONGEST_ENDING = 12;

/** The name in two parts; the second is never cut. */
export function nameParts(name: string): { stem: string; tail: string } {
  const letters = Array.from(name);
  const dot = letters.lastIndexOf(".");
  const ending = dot > 0 && letters.length - dot <= LONGEST_ENDING ? letters.length - dot : 0;
  const at = Math.max(0, letters.length - ending - BEFORE_ENDING);
  return { stem: letters.slice(0, at).join(""), tail: letters.slice(at).join("") };
}

/** In so many columns; a Chinese character takes two. */
export function shortName(name: string, columns: number): string {
  const { stem, tail } = nameParts(name);
  if (widthOf(name) <= columns) return name;
  let left = columns - widthOf(tail) - 1;
  const kept: string[] = [];
  for (const letter of stem) {
    left -= widthOf(letter);
    if (left < 0) break;
    kept.push(letter);
  }
  return `${kept.join("").trimEnd()}…${tail}`;
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.codePointAt(0)! >= 0x1100 ? 2 : 1), 0);
}
