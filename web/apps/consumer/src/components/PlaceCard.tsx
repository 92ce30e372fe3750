import type { Location } from "@hutong/realtime";
import { coordinatesOf, mapLinks } from "@hutong/ui/location";

import { t } from "../texts";
import { Icon } from "./Icon";

/** A place, and the maps that show it when they are asked to. */
export function PlaceCard({ location }: { location: Location }) {
  const names = { amap: t("amap"), baidu: t("baidu"), osm: "OpenStreetMap", app: t("mapApp") };
  const { accuracy_m } = location;
  return (
    <div class="bubble place">
      <Icon name="pin" />
      <span>
        <b>{location.name || t("location")}</b>
        {location.address && <small>{location.address}</small>}
        <small>{coordinatesOf(location)}</small>
        {accuracy_m !== null && <small>{t("accuracy", { metres: Math.round(accuracy_m) })}</small>}
      </span>
      <details>
        <summary>{t("openMap")}</summary>
        {mapLinks(location).map(({ map, href }) => (
          <a key={map} href={href} target="_blank" rel="noopener noreferrer">
            {names[map]}
          </a>
        ))}
      </details>
    </div>
  );
}
