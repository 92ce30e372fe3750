import { fullTime } from "@hutong/i18n";
import type { BundleItem, Id, Merged } from "@hutong/realtime";
import { Bone, Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Group, Modal } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useLanguage } from "../../../app/language";
import { fileUrl, listBundle, thumbnailUrl } from "../api/messaging";
import { useMergedTitle } from "../hooks/useWords";
import { CardBody } from "./CardBody";
import classes from "./Merged.module.css";
import { LocationBody } from "./LocationBody";
import { MergedCard } from "./MergedBody";
import { MessageFile } from "./MessageFile";
import { MessageText } from "./MessageText";
import { VoiceBody } from "./VoiceBody";

interface BundleDialogProps {
  conversationId: Id;
  merged: Merged;
  onClose: () => void;
}

/** All that was forwarded as one. What was forwarded inside it opens in its place, with a way back. */
export function BundleDialog({ conversationId, merged, onClose }: BundleDialogProps) {
  const { t } = useLingui();
  const [inside, setInside] = useState<readonly Merged[]>([]);
  const shown = inside[inside.length - 1] ?? merged;
  const titleOf = useMergedTitle();
  const { data, isError } = useQuery({
    queryKey: ["bundle", conversationId, shown.bundle_id],
    queryFn: () => listBundle(conversationId, shown.bundle_id),
    staleTime: Infinity,
  });
  const title = (
    <Group gap={6} wrap="nowrap">
      {inside.length > 0 ? (
        <ActionIcon variant="subtle" color="gray" aria-label={t`返回`} onClick={() => setInside(inside.slice(0, -1))}>
          <IconArrowLeft size={20} aria-hidden />
        </ActionIcon>
      ) : null}
      {titleOf(shown)}
    </Group>
  );
  return (
    <Modal opened onClose={onClose} title={title} size={520} closeButtonProps={{ "aria-label": t`关闭` }}>
      {isError ? <p role="alert">{t`没有加载出来，请检查网络后再试。`}</p> : null}
      {!data && !isError ? <Bone width="100%" height={120} radius={8} /> : null}
      <ol className={classes.items}>
        {data?.map((item, at) => (
          <Item key={at} conversationId={conversationId} item={item} onOpen={(it) => setInside([...inside, it])} />
        ))}
      </ol>
    </Modal>
  );
}

function Item({ conversationId, item, onOpen }: { conversationId: Id; item: BundleItem; onOpen: (merged: Merged) => void }) {
  const { language } = useLanguage();
  const { file, merged, card, voice, location } = item;
  return (
    <li className={classes.item}>
      <Face person={{ id: item.sender_id, name: item.sender_name }} size={36} />
      <div className={classes.said}>
        <div className={classes.head}>
          <span>{item.sender_name}</span>
          <time dateTime={item.sent_at}>{fullTime(item.sent_at, language)}</time>
        </div>
        {merged ? (
          <MergedCard merged={merged} onOpen={() => onOpen(merged)} />
        ) : card ? (
          <CardBody card={card} />
        ) : location ? (
          <LocationBody location={location} />
        ) : file && voice ? (
          <VoiceBody src={fileUrl(conversationId, file.id)} voice={voice} />
        ) : file && item.kind === "image" ? (
          <a href={fileUrl(conversationId, file.id)} target="_blank" rel="noopener noreferrer">
            <img src={thumbnailUrl(conversationId, file.id)} alt={file.name} width={file.width ?? undefined} height={file.height ?? undefined} style={{ maxWidth: 240 }} />
          </a>
        ) : file ? (
          <MessageFile file={file} href={fileUrl(conversationId, file.id)} />
        ) : (
          <MessageText className={classes.words} text={item.text} mentions={null} />
        )}
      </div>
    </li>
  );
}
