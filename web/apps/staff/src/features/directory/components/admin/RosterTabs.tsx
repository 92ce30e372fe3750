import type { RosterFault, RosterPlan } from "@hutong/api";
import { useLingui } from "@lingui/react/macro";
import { Button, Tabs } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { faultsCsv } from "../../faultsCsv";
import classes from "./Roster.module.css";

/** The particulars behind the figures, most pressing first. Samples, not everything: the server sends a hundred of each. */
export function RosterTabs({ plan, fileName }: { plan: RosterPlan; fileName: string }) {
  const { t, i18n } = useLingui();
  const { samples } = plan;
  const all = [
    { value: "faults", label: t`有误的行`, count: plan.faulty, body: <Faults faults={plan.faults} fileName={fileName} /> },
    {
      value: "removed",
      label: t`移出公司`,
      count: plan.removed,
      body: <Table head={[t`姓名`, t`账号`]} rows={samples.removed.map((row) => [row.account, [row.name, row.account]])} of={plan.removed} />,
    },
    {
      value: "changed",
      label: t`资料有变`,
      count: plan.changed,
      body: (
        <Table
          head={[t`姓名`, t`账号`, t`变化`]}
          rows={samples.changed.map((row) => [row.account, [row.name, row.account, <Changes key="changes" changes={row.changes} />]])}
          of={plan.changed}
        />
      ),
    },
    {
      value: "added",
      label: t`新增成员`,
      count: plan.added,
      body: <Table head={[t`姓名`, t`账号`, t`部门`]} rows={samples.added.map((row) => [row.account, [row.name, row.account, row.department]])} of={plan.added} />,
    },
    {
      value: "departments",
      label: t`新增部门`,
      count: plan.departments_added,
      body: <Table head={[t`部门`]} rows={samples.departments_added.map((path) => [path, [path.split("/").join(" / ")]])} of={plan.departments_added} />,
    },
  ].filter((tab) => tab.count > 0);
  if (all.length === 0) return null;
  return (
    <Tabs defaultValue={all[0]?.value} keepMounted={false} className={classes.tabs}>
      <Tabs.List aria-label={t`核对结果`}>
        {all.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label} <span className={classes.tabCount}>{i18n.number(tab.count)}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {all.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>{tab.body}</Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Table({ head, rows, of }: { head: string[]; rows: [key: string, cells: ReactNode[]][]; of: number }) {
  const { t, i18n } = useLingui();
  const shown = i18n.number(rows.length);
  const total = i18n.number(of);
  return (
    // Focusable, because it scrolls sideways on a phone.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.tableWrap} tabIndex={0} role="region" aria-label={head.join("、")}>
      <table className={classes.table}>
        <thead>
          <tr>{head.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(([key, cells], at) => (
            <tr key={`${key} ${at}`}>{cells.map((cell, column) => <td key={column}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {rows.length < of ? <p className={classes.more}>{t`先列出 ${shown} 项，共 ${total} 项。`}</p> : null}
    </div>
  );
}

function Changes({ changes }: { changes: RosterPlan["samples"]["changed"][number]["changes"] }) {
  const { t } = useLingui();
  return (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <li key={change.column}>
          <span>{change.column}</span>
          <del>{change.before || t`（空）`}</del>
          <span aria-hidden="true">→</span>
          <ins>{change.after || t`（空）`}</ins>
        </li>
      ))}
    </ul>
  );
}

function Faults({ faults, fileName }: { faults: readonly RosterFault[]; fileName: string }) {
  const { t } = useLingui();
  const headings = [t`行`, t`列`, t`原因`, t`内容`] as const;
  const download = () => {
    const url = URL.createObjectURL(new Blob([faultsCsv(headings, faults)], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = t`${fileName.replace(/\.\w+$/, "")}-有误的行.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  const rows = faults.map((fault): [string, ReactNode[]] => [
    `${fault.row} ${fault.column ?? ""} ${fault.code}`,
    [fault.row, fault.column, fault.message, fault.value ? <code key="value">{fault.value}</code> : null],
  ]);
  return (
    <>
      <div className={classes.tools}>
        <Button variant="default" size="xs" leftSection={<IconDownload size={15} aria-hidden />} onClick={download}>
          {t`下载有误的行（CSV）`}
        </Button>
      </div>
      <Table head={[...headings]} rows={rows} of={faults.length} />
    </>
  );
}
