import type { Id, LinkPreview } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconLink, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { previewPictureUrl } from "../../api/previews";
import { useDeeds } from "../../hooks/useDeeds";
import { useShowsCards } from "../../hooks/usePreviews";
import classes from "./Previews.module.css";

interface PreviewCardProps {
  conversationId: Id;
  seq: number;
  preview: LinkPreview;
  isOwn: boolean;
}

/** What the page says of itself that a message links to. Where one lands stands on it in any case. */
export function PreviewCard({ conversationId, seq, preview, isOwn }: PreviewCardProps) {
  const { t } = useLingui();
  const deeds = useDeeds(conversationId);
  const [shows] = useShowsCards();
  const [isLost, setIsLost] = useState(false);
  if (!shows) return null;
  const { url, host, title, description, site, picture } = preview;
  const isWide = picture !== undefined && picture.width >= picture.height * 1.3;
  return (
    <div className={classes.card} data-wide={isWide || undefined}>
      <a className={classes.link} href={url} target="_blank" rel="noopener noreferrer nofollow">
        {picture && !isLost ? (
          <img
            className={classes.picture}
            src={previewPictureUrl(conversationId, seq)}
            width={picture.width}
            height={picture.height}
            alt=""
            loading="lazy"
            decoding="async"
            onError={() => setIsLost(true)}
          />
        ) : null}
        <span className={classes.lines}>
          <strong>{title}</strong>
          {description ? <span className={classes.description}>{description}</span> : null}
          <span className={classes.host}>
            <IconLink size={14} stroke={1.8} aria-hidden />
            <span>{site && site !== host ? t`${site} · ${host}` : host}</span>
          </span>
        </span>
      </a>
      {isOwn ? (
        <button type="button" className={classes.away} aria-label={t`去掉链接卡片：${title}`} title={t`所有人都不再看到这张卡片`} onClick={() => deeds.removePreview(seq)}>
          <IconX size={15} stroke={2} aria-hidden />
        </button>
      ) : null}
    </div>
  );
}
