import { fullTime } from "@hutong/i18n";
import type { Id } from "@hutong/realtime";
import { Bone } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useLanguage } from "../../../app/language";
import { listVersions } from "../api/messaging";
import type { Bubble } from "../state/rows";
import classes from "./VersionsDialog.module.css";

interface VersionsDialogProps {
  conversationId: Id;
  bubble: Bubble;
  isOpen: boolean;
  onClose: () => void;
}

/** What a message said before, the newest first; on top what it says now. */
export function VersionsDialog({ conversationId, bubble, isOpen, onClose }: VersionsDialogProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data, isError } = useQuery({
    queryKey: ["versions", conversationId, bubble.seq, bubble.editedAt],
    queryFn: () => listVersions(conversationId, bubble.seq!),
    enabled: isOpen,
  });
  const now = { text: bubble.text, said_at: bubble.editedAt ?? bubble.at };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`编辑记录`} closeButtonProps={{ "aria-label": t`关闭` }}>
      {isError ? <p role="alert">{t`没有加载出来，请检查网络后再试。`}</p> : null}
      {!data && !isError ? <Bone width="100%" height={72} radius={8} /> : null}
      {data ? (
        <ol className={classes.versions}>
          {[now, ...[...data].reverse()].map((version, at) => (
            <li key={version.said_at}>
              <span className={classes.when}>
                {fullTime(version.said_at, language)}
                {at === 0 ? t`（现在）` : null}
              </span>
              <span className={classes.words}>{version.text}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </Modal>
  );
}
