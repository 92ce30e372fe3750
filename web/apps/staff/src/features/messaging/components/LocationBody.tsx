import type { Location } from "@hutong/realtime";
import { coordinatesOf, mapLinks, type MapName } from "@hutong/ui/location";
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { IconCopy, IconExternalLink, IconMapPin } from "@tabler/icons-react";

import { useCopy } from "../hooks/useCopy";
import classes from "./Location.module.css";

/** A place; a click offers the maps that can show it. */
export function LocationBody({ location }: { location: Location }) {
  const { t } = useLingui();
  const names: Record<MapName, string> = { amap: t`高德地图`, baidu: t`百度地图`, osm: "OpenStreetMap", app: t`本机的地图应用` };
  const coordinates = coordinatesOf(location);
  const metres = location.accuracy_m === null ? null : Math.round(location.accuracy_m);
  const title = location.name || t`位置`;
  const copy = useCopy();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.place}>
          <span className={classes.pin}>
            <IconMapPin size={24} stroke={1.6} aria-hidden />
          </span>
          <span className={classes.lines}>
            <strong>{title}</strong>
            {location.address ? <span>{location.address}</span> : null}
            <span>
              {coordinates}
              {metres === null ? null : t`，误差约 ${metres} 米`}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {mapLinks(location).map(({ map, href }) => (
          <Menu.Item key={map} component="a" href={href} target="_blank" rel="noopener noreferrer" leftSection={<IconExternalLink size={16} aria-hidden />}>
            {names[map]}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy(coordinates, t`坐标已复制`)}>
          {t`复制坐标`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
