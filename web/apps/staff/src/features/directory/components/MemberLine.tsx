import type { Member } from "@hutong/api";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";

import classes from "./MemberLine.module.css";

/** The last two steps of a path: enough to tell departments apart, short enough for a line. */
export function shortPath(path: string | null): string {
  return (path ?? "").split("/").slice(-2).join(" / ");
}

function Marked({ text, words }: { text: string; words: string }) {
  const at = words ? text.toLowerCase().indexOf(words.toLowerCase()) : -1;
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark className={classes.mark}>{text.slice(at, at + words.length)}</mark>
      {text.slice(at + words.length)}
    </>
  );
}

/** One member in a list: face, name, what they do and where. */
export function MemberLine({ member, words = "", withDepartment = true }: { member: Member; words?: string; withDepartment?: boolean }) {
  const { t } = useLingui();
  const second = [member.title, withDepartment ? shortPath(member.department) : null].filter(Boolean).join(" · ");
  return (
    <div className={classes.line}>
      <Face person={member} size={36} isMuted={!member.is_active} />
      <div className={classes.text}>
        <div className={classes.first}>
          <span className={classes.name}><Marked text={member.name} words={words} /></span>
          {member.is_head ? <span className={classes.head}>{t`负责人`}</span> : null}
          {member.is_active ? null : <span className={classes.gone}>{t`已离开`}</span>}
        </div>
        <div className={classes.second}>{second || member.account}</div>
      </div>
    </div>
  );
}
