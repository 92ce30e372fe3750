import { newClientId, type Id } from "@hutong/realtime";
import { SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { channelQuery, createChannel, patchChannel } from "../api/channels";
import { useMessenger } from "../hooks/useMessenger";
import { ChannelForm } from "./ChannelForm";
import classes from "./MemberPicker.module.css";

interface DialogProps {
  onClose: () => void;
}

export function NewChannelDialog({ onClose }: DialogProps) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const navigate = useNavigate();
  // One dialog makes one channel, however often its button is pressed.
  const [clientId] = useState(newClientId);
  return (
    <Modal opened onClose={onClose} title={t`新建公告频道`} closeButtonProps={{ "aria-label": t`关闭` }} size={500}>
      <ChannelForm
        action={t`创建频道`}
        onSubmit={async (wish) => {
          const { id } = await createChannel({ client_id: clientId, ...wish });
          await messenger.loadConversation(id);
          onClose();
          await navigate({ to: "/chats/$conversationId", params: { conversationId: id } });
        }}
      />
    </Modal>
  );
}

export function EditChannelDialog({ channelId, onClose }: DialogProps & { channelId: Id }) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const messenger = useMessenger();
  const { data: channel, error } = useQuery(channelQuery(channelId));
  return (
    <Modal opened onClose={onClose} title={t`管理频道`} closeButtonProps={{ "aria-label": t`关闭` }} size={500}>
      {error ? (
        <p role="alert" className={classes.problem}>{sentenceOf(error)}</p>
      ) : !channel ? (
        <SkeletonRows count={4} height={52} face={36} />
      ) : (
        <ChannelForm
          action={t`保存`}
          channel={channel}
          onSubmit={async (wish) => {
            cache.setQueryData(channelQuery(channelId).queryKey, await patchChannel(channelId, wish));
            // Whoever no longer hears it has been told so.
            await messenger.loadConversation(channelId).catch(() => undefined);
            showToast("done", t`频道已修改`);
            onClose();
          }}
        />
      )}
    </Modal>
  );
}
