import { describe, expect, it } from "vitest";

import { firstLinkHost } from "./previews";

describe("the link of a text that is shown as a card", () => {
  it("is the first one that leads to a public page, and none in code", () => {
    expect(firstLinkHost("看 https://a.example/x。")?.host).toBe("a.example");
    expect(firstLinkHost("https://a.example:8443/ 和 https://b.example/")?.host).toBe("a.example:8443");
    expect(firstLinkHost("http://a.example/ https://b.example/")).toBeNull();
    expect(firstLinkHost("`https://a.example/`")).toBeNull();
    expect(firstLinkHost("www.a.example 和 https://b.example/")?.host).toBe("b.example");
    expect(firstLinkHost("没有链接")).toBeNull();
  });
});
