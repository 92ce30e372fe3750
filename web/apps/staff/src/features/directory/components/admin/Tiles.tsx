import { useLingui } from "@lingui/react/macro";

import classes from "./Roster.module.css";

interface Counts {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  faulty: number;
  departments_added: number;
}

/** What an import does, in six figures. Zero is quiet. */
export function Tiles({ counts }: { counts: Counts }) {
  const { t, i18n } = useLingui();
  const tiles = [
    { key: "added", label: t`新增成员`, count: counts.added },
    { key: "changed", label: t`资料有变`, count: counts.changed },
    { key: "removed", label: t`移出公司`, count: counts.removed },
    { key: "unchanged", label: t`没有变化`, count: counts.unchanged },
    { key: "faulty", label: t`有误的行`, count: counts.faulty },
    { key: "departments", label: t`新增部门`, count: counts.departments_added },
  ];
  return (
    <dl className={classes.tiles}>
      {tiles.map((tile) => (
        <div key={tile.key} data-kind={tile.key} data-zero={tile.count === 0}>
          <dt>{tile.label}</dt>
          <dd>{i18n.number(tile.count)}</dd>
        </div>
      ))}
    </dl>
  );
}
