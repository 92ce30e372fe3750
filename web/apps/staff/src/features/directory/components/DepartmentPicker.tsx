import { SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconChevronRight, IconX } from "@tabler/icons-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useDepartmentTree } from "../hooks/useDepartmentTree";
import { moveInTree, type TreeRow } from "../tree";
import classes from "./DepartmentPicker.module.css";

export interface PickedDepartment {
  id: string;
  name: string;
}

interface DepartmentPickerProps {
  picked: readonly PickedDepartment[];
  onChange: (picked: readonly PickedDepartment[]) => void;
}

/** Departments with all below them. One stop for Tab; arrows walk, open and close; Space picks. */
export function DepartmentPicker({ picked, onChange }: DepartmentPickerProps) {
  const { t } = useLingui();
  const treeId = useId();
  const tree = useRef<HTMLDivElement>(null);
  const { rows, isPending, error, setOpen, retry } = useDepartmentTree(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const pickedIds = new Set(picked.map((it) => it.id));
  const within = withinPicked(rows, pickedIds);
  const activeAt = Math.max(0, rows.findIndex((row) => row.key === activeKey));

  const toggle = ({ id, name }: PickedDepartment) => onChange(pickedIds.has(id) ? picked.filter((it) => it.id !== id) : [...picked, { id, name }]);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeAt];
    const move = moveInTree(rows, activeAt, event.key);
    if ((event.key === "Enter" || event.key === " ") && row?.kind === "department") {
      if (!within.has(row.key)) toggle(row.department);
    } else if (!move) return;
    else if ("open" in move) setOpen(move.open, true);
    else if ("close" in move) setOpen(move.close, false);
    else {
      const key = rows[move.to]?.key ?? null;
      setActiveKey(key);
      tree.current?.querySelector(`[id="${treeId}-${key}"]`)?.scrollIntoView({ block: "nearest" });
    }
    event.preventDefault();
  };
  return (
    <div>
      {picked.length > 0 ? (
        <ul className={classes.picked} aria-label={t`已选部门`}>
          {picked.map((it) => (
            <li key={it.id}>
              <span>{it.name}</span>
              <button type="button" aria-label={t`移除 ${it.name}`} onClick={() => toggle(it)}>
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={classes.frame}>
        {isPending ? (
          <SkeletonRows count={5} height={40} face={18} />
        ) : error ? (
          <p className={classes.failed} role="alert">
            {sentenceOf(error)} <Button size="compact-sm" variant="subtle" onClick={retry}>{t`再试一次`}</Button>
          </p>
        ) : (
          <div
            ref={tree}
            className={classes.tree}
            role="tree"
            tabIndex={0}
            aria-label={t`选择部门`}
            aria-multiselectable="true"
            aria-activedescendant={`${treeId}-${rows[activeAt]?.key ?? ""}`}
            onKeyDown={onKeyDown}
          >
            {rows.map((row, at) => (
              <Row
                key={row.key}
                id={`${treeId}-${row.key}`}
                row={row}
                isPicked={pickedIds.has(row.key)}
                isWithin={within.has(row.key)}
                isActive={at === activeAt}
                onPick={(department) => {
                  setActiveKey(row.key);
                  toggle(department);
                }}
                onToggle={(isOpen) => setOpen(row.key, isOpen)}
                onRetry={retry}
              />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** Those that are in by a department above them. */
function withinPicked(rows: readonly TreeRow[], pickedIds: ReadonlySet<string>): ReadonlySet<string> {
  const within = new Set<string>();
  for (const row of rows) {
    if (row.kind !== "department" || row.parentKey === null) continue;
    if (pickedIds.has(row.parentKey) || within.has(row.parentKey)) within.add(row.key);
  }
  return within;
}

interface RowProps {
  id: string;
  row: TreeRow;
  isPicked: boolean;
  isWithin: boolean;
  isActive: boolean;
  onPick: (department: PickedDepartment) => void;
  onToggle: (isOpen: boolean) => void;
  onRetry: () => void;
}

function Row({ id, row, isPicked, isWithin, isActive, onPick, onToggle, onRetry }: RowProps) {
  const { t, i18n } = useLingui();
  const indent = { paddingLeft: 4 + (row.level - 1) * 18 };
  if (row.kind === "loading") return <div className={classes.waiting} style={indent}>{t`正在载入…`}</div>;
  if (row.kind === "failed") {
    return (
      <div className={classes.waiting} style={indent}>
        <button type="button" className={classes.retry} onClick={onRetry}>{t`没能载入，再试一次`}</button>
      </div>
    );
  }
  const { department } = row;
  return (
    // The keys are the tree's: it has the focus and names this row as its active one.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={department.has_children ? row.isOpen : undefined}
      aria-selected={isPicked || isWithin}
      aria-disabled={isWithin || undefined}
      className={classes.row}
      data-active={isActive}
      style={indent}
      onClick={() => (isWithin ? undefined : onPick(department))}
    >
      <span
        className={classes.chevron}
        data-open={row.isOpen}
        data-hidden={!department.has_children}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          onToggle(!row.isOpen);
        }}
      >
        <IconChevronRight size={16} />
      </span>
      <span className={classes.box} data-checked={isPicked || isWithin} aria-hidden="true">
        {isPicked || isWithin ? <IconCheck size={14} stroke={2.4} /> : null}
      </span>
      <span className={classes.name}>{department.name}</span>
      <span className={classes.count}>{i18n.number(department.member_count)}</span>
    </div>
  );
}
