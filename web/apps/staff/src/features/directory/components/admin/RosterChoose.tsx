import { fileSize } from "@hutong/i18n";
import { useLingui } from "@lingui/react/macro";
import { Switch } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useId, useState, type DragEvent } from "react";

import { sentenceOf } from "../../../../app/client";
import { Problem } from "../../../identity/components/Problem";
import classes from "./Roster.module.css";

const MAX_BYTES = 100 * 1024 * 1024;

interface RosterChooseProps {
  error: unknown;
  onChoose: (file: File) => void;
  removesMissing: boolean;
  onRemovesMissing: (removes: boolean) => void;
}

/** Drop a file or choose one. The input is a real one, so that keyboards and screen readers have it too. */
export function RosterChoose({ error, onChoose, removesMissing, onRemovesMissing }: RosterChooseProps) {
  const { t } = useLingui();
  const inputId = useId();
  const [isOver, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const most = fileSize(MAX_BYTES);

  const take = (file: File | undefined) => {
    if (!file) return;
    if (!/\.(csv|txt|xlsx)$/i.test(file.name)) setRefusal(t`“${file.name}”不是花名册能用的格式，请选 CSV 或 XLSX 文件。`);
    else if (file.size > MAX_BYTES) setRefusal(t`文件超过 ${most}，请分成几份，或删掉不相关的列。`);
    else onChoose(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <label
        htmlFor={inputId}
        className={classes.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileSpreadsheet size={36} stroke={1.4} aria-hidden />
        <span className={classes.dropTitle}>{t`把花名册拖到这里，或点击选择文件`}</span>
        <span className={classes.dropHint}>{t`CSV（UTF-8 或 GB18030）或 XLSX；先核对给你看，确认后才写入`}</span>
        <input
          id={inputId}
          type="file"
          accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      <Problem>{refusal ?? (error ? sentenceOf(error) : null)}</Problem>
      <RemovesMissing value={removesMissing} onChange={onRemovesMissing} />
      <section className={classes.help}>
        <h3>{t`表格怎么写`}</h3>
        <ul>
          <li>{t`第一行是列名，中文、英文都可以：姓名、账号、部门、职务、手机、邮箱……`}</li>
          <li>{t`部门写成 a/b/c 的路径，如“销售/华东/上海一店”；兼任几个部门时用分号隔开。`}</li>
          <li>{t`同一份文件再导入一次，什么都不会变。`}</li>
        </ul>
      </section>
    </>
  );
}

export function RemovesMissing({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useLingui();
  return (
    <Switch
      className={classes.switch}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
      label={t`这是全公司的名单`}
      description={value ? t`不在文件里的成员会被移出公司，不能再登录` : t`只新增和更新文件里的人，其他人不动`}
    />
  );
}
