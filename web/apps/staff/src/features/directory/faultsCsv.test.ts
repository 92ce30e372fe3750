import { expect, test } from "vitest";

import { csvField, faultsCsv } from "./faultsCsv";

test("quotes what would break a line or a column", () => {
  expect(csvField('说"好"')).toBe('"说""好"""');
  expect(csvField("a,b\nc")).toBe('"a,b\nc"');
  expect(csvField("林晓")).toBe("林晓");
});

test("a formula from the file stays a text", () => {
  expect(csvField("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  expect(csvField("+8613800000000")).toBe("'+8613800000000");
});

test("one line a fault, opened rightly by Excel", () => {
  const text = faultsCsv(["行", "列", "原因", "内容"], [{ row: 3, column: null, code: "x", message: "账号重复", value: "lin" }]);
  expect(text).toBe("\uFEFF行,列,原因,内容\r\n3,,账号重复,lin\r\n");
});
