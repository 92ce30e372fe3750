/** Small things this browser keeps of a talk. Where storage is forbidden the page works without. */

const keyOf = (name: "draft" | "named", way: string) => `hutong.${name}.${way}`;

export function recall(name: "draft" | "named", way: string): string {
  try {
    return localStorage.getItem(keyOf(name, way)) ?? "";
  } catch {
    return "";
  }
}

export function keep(name: "draft" | "named", way: string, value: string): void {
  try {
    if (value) localStorage.setItem(keyOf(name, way), value);
    else localStorage.removeItem(keyOf(name, way));
  } catch {
    // Forbidden or full.
  }
}
