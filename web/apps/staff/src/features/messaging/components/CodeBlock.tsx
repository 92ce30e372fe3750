import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";

import { useCopy } from "../hooks/useCopy";
import classes from "./MessageText.module.css";

/** Code as it was written: nothing wraps, and it is taken whole with one press. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const { t } = useLingui();
  const copy = useCopy();
  return (
    <div className={classes.block}>
      <div className={classes.blockHead}>
        <span>{language || t`代码`}</span>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t`复制代码`} title={t`复制代码`} onClick={() => void copy(text, t`代码已复制`)}>
          <IconCopy size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
      </div>
      {/* Scrollable by keyboard, as every scrolling region must be. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.pre} tabIndex={0} role="group" aria-label={language ? t`${language} 代码` : t`代码`}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
