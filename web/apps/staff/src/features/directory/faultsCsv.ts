import type { RosterFault } from "@hutong/api";

/**
 * One field of a CSV file. A text that a spreadsheet would take for a formula is led by an apostrophe:
 * the values come from a file of unknown hands and are opened by an administrator.
 */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The faults as a file that Excel opens with its Chinese intact (hence the byte order mark). */
export function faultsCsv(headings: readonly [string, string, string, string], faults: readonly RosterFault[]): string {
  const lines = [headings as readonly string[]].concat(
    faults.map((fault) => [String(fault.row), fault.column ?? "", fault.message, fault.value ?? ""]),
  );
  return "\uFEFF" + lines.map((line) => line.map(csvField).join(",")).join("\r\n") + "\r\n";
}
