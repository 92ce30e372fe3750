/** Where somebody is, and the maps that show it. No map is fetched by a page of ours: only who opens one tells its maker. */

export interface Place {
  lat: number;
  lon: number;
  datum: "wgs84" | "gcj02";
  name: string;
  address: string;
}

/** insecure: browsers tell no place to pages without https. */
export type LocatingTrouble = "denied" | "unavailable" | "slow" | "insecure";

export class LocatingFailed extends Error {
  constructor(readonly trouble: LocatingTrouble) {
    super(trouble);
  }
}

const LOCATE_MS = 20_000;

/** Asks the browser, which asks the person. Needs no network where there is a satellite. Throws LocatingFailed. */
export function locate(): Promise<{ lat: number; lon: number; accuracy_m: number }> {
  return new Promise((resolve, reject) => {
    if (!isSecureContext || !("geolocation" in navigator)) return reject(new LocatingFailed("insecure"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy_m: Math.round(coords.accuracy) }),
      ({ code }) => reject(new LocatingFailed(code === 1 ? "denied" : code === 3 ? "slow" : "unavailable")),
      { enableHighAccuracy: true, timeout: LOCATE_MS, maximumAge: 0 },
    );
  });
}

const FIVE = (degrees: number) => degrees.toFixed(5);

export function coordinatesOf({ lat, lon }: Pick<Place, "lat" | "lon">): string {
  return `${FIVE(lat)}, ${FIVE(lon)}`;
}

/** What stands for a place where words are wanted, as the server makes it. */
export function placeWords(place: Place): string {
  return [place.name, place.address].filter(Boolean).join(" ") || coordinatesOf(place);
}

/**
 * Two numbers in what was typed or pasted, also from a map's link. Latitude first, as people say it; Chinese maps copy longitude first,
 * and nowhere in China can the two be mistaken for each other.
 */
export function readCoordinates(text: string): { lat: number; lon: number } | null {
  const found = /(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)/.exec(text);
  if (!found) return null;
  const one = Number(found[1]);
  const other = Number(found[2]);
  const [lat, lon] = Math.abs(one) > 90 ? [other, one] : [one, other];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

export type MapName = "amap" | "baidu" | "osm" | "app";

/** Where each map shows it. Those that know one grid only are left out for a place of the other: they would be off by a street. */
export function mapLinks(place: Place): { map: MapName; href: string }[] {
  const { lat, lon, datum } = place;
  const name = encodeURIComponent(place.name || place.address || coordinatesOf(place));
  const isSatellite = datum === "wgs84";
  const chinese: { map: MapName; href: string }[] = [
    { map: "amap", href: `https://uri.amap.com/marker?position=${lon},${lat}&name=${name}&coordinate=${isSatellite ? "wgs84" : "gaode"}&callnative=1` },
    { map: "baidu", href: `https://api.map.baidu.com/marker?location=${lat},${lon}&title=${name}&content=${name}&coord_type=${datum}&output=html` },
  ];
  if (!isSatellite) return chinese;
  return [
    ...chinese,
    { map: "osm", href: `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}` },
    { map: "app", href: `geo:${lat},${lon}?q=${lat},${lon}(${name})` },
  ];
}
