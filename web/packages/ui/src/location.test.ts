import { describe, expect, it } from "vitest";

import { mapLinks, placeWords, readCoordinates, type Place } from "./location";

const STORE: Place = { lat: 30.27, lon: 120.16, datum: "wgs84", name: "杭州门店", address: "文三路 1 号" };

describe("a place", () => {
  it("is read however it was copied", () => {
    const place = { lat: 30.27, lon: 120.16 };
    for (const text of ["30.27,120.16", "120.16, 30.27", " 30.27 ， 120.16 ", "https://x.cn/?p=120.16,30.27&z=3", "30.27 120.16"]) {
      expect(readCoordinates(text), text).toEqual(place);
    }
    expect(readCoordinates("-33.9, 18.4")).toEqual({ lat: -33.9, lon: 18.4 });
    for (const text of ["", "文三路 1 号", "30.27", "95, 190", "100,100"]) expect(readCoordinates(text), text).toBeNull();
  });

  it("is shown by maps that know its grid", () => {
    expect(mapLinks(STORE).map((it) => it.map)).toEqual(["amap", "baidu", "osm", "app"]);
    const chinese = mapLinks({ ...STORE, datum: "gcj02" });
    expect(chinese.map((it) => it.map)).toEqual(["amap", "baidu"]);
    expect(chinese[0]!.href).toContain("position=120.16,30.27");
    expect(chinese[0]!.href).toContain("coordinate=gaode");
    expect(chinese[1]!.href).toContain("coord_type=gcj02");
  });

  it("keeps its name out of the address's grammar", () => {
    const hrefs = mapLinks({ ...STORE, name: "a&b=c#d?javascript:" }).map((it) => it.href);
    for (const href of hrefs) expect(href).not.toContain("a&b");
  });

  it("has words even without a name", () => {
    expect(placeWords(STORE)).toBe("杭州门店 文三路 1 号");
    expect(placeWords({ ...STORE, name: "", address: "" })).toBe("30.27000, 120.16000");
  });
});
