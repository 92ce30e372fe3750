import type { Department, Member } from "@hutong/api";
import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChevronRight, IconSitemap, IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";

import { sentenceOf } from "../../../app/client";
import { childrenQuery, departmentMembersQuery } from "../api/directory";
import classes from "./DepartmentPage.module.css";
import { MemberLine } from "./MemberLine";

type Row = { kind: "department"; department: Department } | { kind: "heading" } | { kind: "member"; member: Member };

const HEIGHTS: Record<Row["kind"], number> = { department: 52, heading: 40, member: 58 };

function rowsOf(departments: readonly Department[], members: readonly Member[]): Row[] {
  const rows: Row[] = departments.map((department) => ({ kind: "department", department }));
  if (departments.length > 0 && members.length > 0) rows.push({ kind: "heading" });
  for (const member of members) rows.push({ kind: "member", member });
  return rows;
}

function keyOf(row: Row | undefined, at: number): string {
  if (row?.kind === "department") return `department ${row.department.id}`;
  if (row?.kind === "member") return `member ${row.member.id}`;
  return `heading ${at}`;
}

/** The departments one step below, then the members who stand directly in this one, fetched as one scrolls. */
export function DepartmentMembers({ departmentId, selectedId }: { departmentId: string; selectedId: string | null }) {
  const { t } = useLingui();
  const below = useQuery(childrenQuery(departmentId));
  const direct = useInfiniteQuery(departmentMembersQuery(departmentId));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = direct;
  const error = below.error ?? direct.error;
  const isPending = below.isPending || direct.isPending;
  const rows = isPending ? [] : rowsOf(below.data ?? [], direct.data?.pages.flatMap((page) => page.items) ?? []);

  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtual list measures by itself; nothing of it is memoised here.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => HEIGHTS[rows[at]?.kind ?? "member"],
    overscan: 10,
    getItemKey: (at) => keyOf(rows[at], at),
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    // A screenful before the end, so that scrolling does not stop for the network.
    if (lastShown >= rows.length - 20 && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [lastShown, rows.length, hasNextPage, isFetchingNextPage, error, fetchNextPage]);

  const retry = () => {
    if (below.error) void below.refetch();
    if (direct.error) void direct.refetch();
  };
  return (
    // Focusable, so that the keyboard can scroll it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={classes.members} tabIndex={0} role="region" aria-label={t`部门与成员`} aria-busy={isPending}>
      {isPending && !error ? <SkeletonRows count={10} height={HEIGHTS.member} face={36} /> : null}
      {error ? <EmptyState title={sentenceOf(error)} action={<Button variant="default" onClick={retry}>{t`再试一次`}</Button>} /> : null}
      {!isPending && !error && rows.length === 0 ? (
        <EmptyState icon={<IconUsers size={28} />} title={t`这个部门还没有人`} hint={t`管理员可以在花名册里把同事放进来。`} />
      ) : null}
      <div role="list" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div key={item.key} role="listitem" className={classes.place} style={{ transform: `translateY(${item.start}px)`, height: item.size }}>
              <RowView row={row} departmentId={departmentId} selectedId={selectedId} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function RowView({ row, departmentId, selectedId }: { row: Row; departmentId: string; selectedId: string | null }) {
  const { t, i18n } = useLingui();
  if (row.kind === "heading") return <h3 className={classes.heading}>{t`直属成员`}</h3>;
  if (row.kind === "member") {
    return (
      <Link
        to="/directory/$departmentId"
        params={{ departmentId }}
        search={{ member: row.member.id }}
        className={classes.member}
        data-selected={row.member.id === selectedId}
      >
        <MemberLine member={row.member} withDepartment={false} />
      </Link>
    );
  }
  return (
    <Link to="/directory/$departmentId" params={{ departmentId: row.department.id }} className={classes.below}>
      <span className={classes.belowIcon}><IconSitemap size={19} stroke={1.7} aria-hidden /></span>
      <span className={classes.belowName}>{row.department.name}</span>
      <small>{i18n.number(row.department.member_count)}</small>
      <IconChevronRight size={16} aria-hidden />
    </Link>
  );
}
