import { fileSize, fullTime, listTime } from "@hutong/i18n";
import type { Id, Message, Person } from "@hutong/realtime";
import { blocksOf } from "@hutong/ui/words";
import { shortName } from "@hutong/ui/fileName";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconLink, IconMessage, IconMessageForward } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { useLanguage } from "../../../../app/language";
import { fileUrl } from "../../api/messaging";
import { useCopy } from "../../hooks/useCopy";
import { useInbox } from "../../hooks/useMessenger";
import { useShow } from "../../hooks/useShow";
import { personName } from "../../state/selectors";
import { FileIcon } from "../MessageFile";
import classes from "./Shared.module.css";

/** Of the two lines that there are. */
const COLUMNS = 48;

interface SharedRowProps {
  conversationId: Id;
  message: Message;
  people: Readonly<Record<Id, Person>>;
  onGone?: () => void;
}

export function SharedFile(props: SharedRowProps) {
  const { t } = useLingui();
  const { file } = props.message;
  if (!file) return null;
  const size = fileSize(file.size);
  return (
    <Row {...props} icon={<FileIcon name={file.name} size={20} />} name={file.name} size={size}>
      <a className={classes.name} href={fileUrl(props.conversationId, file.id)} download={file.name} aria-label={t`下载文件 ${file.name}，${size}`}>
        {shortName(file.name, COLUMNS)}
      </a>
    </Row>
  );
}

/** Each address in a message is a row of its own. */
export function SharedLinks(props: SharedRowProps) {
  const spans = blocksOf(props.message.text).flatMap((it) => (it.type === "code" ? [] : it.spans));
  const hrefs = [...new Set(spans.flatMap((it) => it.href ?? []))];
  return hrefs.map((href) => (
    <Row key={href} {...props} icon={<IconLink size={20} stroke={1.6} aria-hidden />} name={shortened(href)} href={href}>
      <a className={classes.name} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {shortened(href)}
      </a>
    </Row>
  ));
}

/** Without what all addresses begin with; the characters people wrote where an address has %E4. */
function shortened(href: string): string {
  const short = href.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
  try {
    return decodeURI(short);
  } catch {
    return short;
  }
}

function Row({ conversationId, message, people, onGone, icon, name, size, href, children }: SharedRowProps & { icon: ReactNode; name: string; size?: string; href?: string; children: ReactNode }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { show, forward } = useShow(conversationId, onGone);
  const who = useInbox((state) => personName(state, message.sender_id)) || (people[message.sender_id]?.name ?? "");
  const copy = useCopy();
  return (
    <li className={classes.row}>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.lines}>
        {children}
        <span className={classes.said}>
          {size ? `${size} · ` : ""}
          {who} · <time dateTime={message.sent_at} title={fullTime(message.sent_at, language)}>{listTime(message.sent_at, language)}</time>
        </span>
      </span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon className={classes.more} variant="subtle" color="gray" size={32} aria-label={t`${name}，更多操作`}>
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconMessage size={16} aria-hidden />} onClick={() => show(message.seq)}>{t`在聊天中查看`}</Menu.Item>
          <Menu.Item leftSection={<IconMessageForward size={16} aria-hidden />} onClick={() => forward(message.seq)}>{t`转发`}</Menu.Item>
          {href ? <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy(href, t`链接已复制`)}>{t`复制链接`}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
