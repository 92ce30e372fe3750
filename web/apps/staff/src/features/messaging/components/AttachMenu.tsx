import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconId, IconMapPin, IconPaperclip, IconPhoto } from "@tabler/icons-react";
import { useRef, useState } from "react";

import { CardDialog } from "./CardDialog";
import classes from "./Composer.module.css";
import { LocationDialog } from "./LocationDialog";

interface AttachMenuProps {
  conversationId: Id;
  onFiles: (files: readonly File[]) => void;
  onSent: () => void;
}

/** What one can say beside text. */
export function AttachMenu({ conversationId, onFiles, onSent }: AttachMenuProps) {
  const { t } = useLingui();
  const chooser = useRef<HTMLInputElement>(null);
  const [isShowingCards, setIsShowingCards] = useState(false);
  const [isLocating, setIsLocating] = useState(false);
  return (
    <>
      <Menu position="top-start" withinPortal>
        <Menu.Target>
          <ActionIcon className={classes.tool} variant="subtle" color="gray" size={36} aria-label={t`添加`} title={t`添加`}>
            <IconPaperclip size={21} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPhoto size={18} stroke={1.7} aria-hidden />} onClick={() => chooser.current?.click()}>
            {t`图片或文件`}
          </Menu.Item>
          <Menu.Item leftSection={<IconId size={18} stroke={1.7} aria-hidden />} onClick={() => setIsShowingCards(true)}>
            {t`名片`}
          </Menu.Item>
          <Menu.Item leftSection={<IconMapPin size={18} stroke={1.7} aria-hidden />} onClick={() => setIsLocating(true)}>
            {t`位置`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={t`选择文件`}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <CardDialog conversationId={conversationId} isOpen={isShowingCards} onClose={() => setIsShowingCards(false)} onSent={onSent} />
      <LocationDialog conversationId={conversationId} isOpen={isLocating} onClose={() => setIsLocating(false)} onSent={onSent} />
    </>
  );
}
