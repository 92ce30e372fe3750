import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBuildingCommunity, IconChevronRight, IconCloudOff } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type KeyboardEvent } from "react";

import { sentenceOf } from "../../../app/client";
import { useDepartmentTree } from "../hooks/useDepartmentTree";
import { moveInTree, type TreeRow } from "../tree";
import classes from "./DepartmentTree.module.css";

const ROW = 38;

/** The departments, loaded as they are opened. One stop for Tab; arrows walk, open and close; Enter shows the members. */
export function DepartmentTree({ selectedId }: { selectedId: string | null }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { rows, isPending, error, setOpen, retry } = useDepartmentTree(selectedId);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtual list measures by itself; nothing of it is memoised here.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (at) => rows[at]?.key ?? at,
  });

  if (isPending) return <SkeletonRows count={10} height={ROW} face={18} />;
  if (error) {
    return <EmptyState icon={<IconCloudOff size={28} />} title={sentenceOf(error)} action={<Button variant="default" onClick={retry}>{t`再试一次`}</Button>} />;
  }
  if (rows.length === 0) {
    return <EmptyState icon={<IconBuildingCommunity size={28} />} title={t`还没有部门`} hint={t`管理员导入花名册后，部门和同事会出现在这里。`} />;
  }

  const show = (id: string) => void navigate({ to: "/directory/$departmentId", params: { departmentId: id } });
  const activeAt = Math.max(0, rows.findIndex((row) => row.key === (activeKey ?? selectedId)));
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeAt];
    if ((event.key === "Enter" || event.key === " ") && row?.kind === "department") {
      event.preventDefault();
      show(row.key);
      return;
    }
    const move = moveInTree(rows, activeAt, event.key);
    if (!move) return;
    event.preventDefault();
    if ("open" in move) setOpen(move.open, true);
    else if ("close" in move) setOpen(move.close, false);
    else {
      setActiveKey(rows[move.to]?.key ?? null);
      virtual.scrollToIndex(move.to);
    }
  };
  const activate = (row: TreeRow) => {
    if (row.kind !== "department") return;
    setActiveKey(row.key);
    if (row.department.has_children && !row.isOpen) setOpen(row.key, true);
    show(row.key);
  };
  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      tabIndex={0}
      aria-label={t`部门`}
      aria-activedescendant={`department-${rows[activeAt]?.key ?? ""}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div key={item.key} role="presentation" className={classes.place} style={{ transform: `translateY(${item.start}px)`, height: ROW }}>
              <Row
                row={row}
                isSelected={row.key === selectedId}
                isActive={item.index === activeAt}
                onActivate={() => activate(row)}
                onToggle={(isOpen) => setOpen(row.key, isOpen)}
                onRetry={retry}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  row: TreeRow;
  isSelected: boolean;
  isActive: boolean;
  onActivate: () => void;
  onToggle: (isOpen: boolean) => void;
  onRetry: () => void;
}

function Row({ row, isSelected, isActive, onActivate, onToggle, onRetry }: RowProps) {
  const { t, i18n } = useLingui();
  const indent = { paddingLeft: 8 + (row.level - 1) * 16 };
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
      id={`department-${row.key}`}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={department.has_children ? row.isOpen : undefined}
      aria-selected={isSelected}
      className={classes.row}
      data-selected={isSelected}
      data-active={isActive}
      style={indent}
      onClick={onActivate}
    >
      <span
        className={classes.chevron}
        data-open={row.isOpen}
        data-hidden={!department.has_children}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          if (department.has_children) onToggle(!row.isOpen);
        }}
      >
        <IconChevronRight size={16} />
      </span>
      <span className={classes.name} title={department.name}>{department.name}</span>
      <span className={classes.count}>{i18n.number(department.member_count)}</span>
    </div>
  );
}
