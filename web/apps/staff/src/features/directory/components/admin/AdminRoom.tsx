import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { IconChevronRight, IconFileSpreadsheet, IconHourglass, IconLock, IconMessageCog, IconUsers } from "@tabler/icons-react";
import { Link, Outlet, useMatches } from "@tanstack/react-router";

import { ListHeader, Panes } from "../../../../app/Panes";
import { useMe } from "../../../../app/session";
import classes from "./Admin.module.css";

/** What only administrators see; the server refuses others anyway, this tells them why. */
export function AdminRoom() {
  const { t } = useLingui();
  const me = useMe();
  const path = useMatches().at(-1)?.pathname.replace(/\/$/, "");
  if (!me.is_admin) {
    return (
      <main className={classes.refused}>
        <EmptyState icon={<IconLock size={28} />} title={t`这里只有管理员能进`} hint={t`需要管理成员或导入花名册时，请联系公司管理员。`} />
      </main>
    );
  }
  return (
    <Panes list={<AdminList />} isOpen={path !== "/admin"}>
      {path === "/admin" ? (
        <EmptyState icon={<IconUsers size={28} />} title={t`管理${me.company.name}`} hint={t`从左边选一项：导入全公司的花名册，或单独添加、邀请一位成员。`} />
      ) : (
        <Outlet />
      )}
    </Panes>
  );
}

function AdminList() {
  const { t } = useLingui();
  const pages = [
    { to: "/admin/roster", Icon: IconFileSpreadsheet, name: t`导入花名册`, hint: t`从表格带入全公司的部门和成员` },
    { to: "/admin/members", Icon: IconUsers, name: t`成员管理`, hint: t`添加、邀请、重置密码` },
    { to: "/admin/messages", Icon: IconMessageCog, name: t`消息设置`, hint: t`链接卡片` },
    { to: "/admin/retention", Icon: IconHourglass, name: t`消息保存期限`, hint: t`超过多久的消息自动删除` },
  ] as const;
  return (
    <>
      <ListHeader title={t`管理`} />
      <nav className={classes.menu} aria-label={t`管理`}>
        {pages.map(({ to, Icon, name, hint }) => (
          <Link key={to} to={to} className={classes.item} activeProps={{ "data-active": true, "aria-current": "page" }}>
            <span className={classes.itemIcon}><Icon size={20} stroke={1.7} aria-hidden /></span>
            <span className={classes.itemText}>
              <span>{name}</span>
              <small>{hint}</small>
            </span>
            <IconChevronRight size={16} aria-hidden className={classes.chevron} />
          </Link>
        ))}
      </nav>
    </>
  );
}
