/** 512 B · 3.4 KB · 12 MB: one figure after the point below ten, as file managers do. */
export function fileSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const figures = unit === 0 || size >= 10 ? Math.round(size).toString() : size.toFixed(1);
  return `${figures} ${units[unit]}`;
}
