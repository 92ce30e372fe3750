import type { NotificationSettings } from "@hutong/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { useMessenger } from "../../messaging";
import { putSettings, settingsQuery } from "../api/notifications";

const CHOOSE_KEY = ["choose-notification-settings"] as const;

/** What this person chose; asked for again when another device changed it, or may have while the line was down. */
export function useNotificationSettings(): NotificationSettings | undefined {
  const { client } = useMessenger();
  const cache = useQueryClient();
  useEffect(() => {
    // An own choice that is on its way would be overtaken by what was before it.
    const refresh = () => void (cache.isMutating({ mutationKey: CHOOSE_KEY }) || cache.invalidateQueries({ queryKey: settingsQuery.queryKey }));
    const offs = [client.on("notification_settings", refresh), client.on("welcome", refresh)];
    return () => offs.forEach((off) => off());
  }, [cache, client]);
  return useQuery(settingsQuery).data;
}

/** Shown at once, and as it was when the server refuses it. */
export function useChooseSettings(): (change: Partial<NotificationSettings>) => void {
  const cache = useQueryClient();
  const { mutate } = useMutation({
    // One after the other: each sends all settings, and the last one sent is the one that was meant.
    mutationKey: CHOOSE_KEY,
    scope: { id: "notification-settings" },
    mutationFn: putSettings,
    onError: (error) => {
      showToast("failed", sentenceOf(error));
      void cache.invalidateQueries({ queryKey: settingsQuery.queryKey });
    },
  });
  return (change) => {
    const known = cache.getQueryData(settingsQuery.queryKey);
    if (!known) return;
    const chosen = { ...known, ...change };
    void cache.cancelQueries({ queryKey: settingsQuery.queryKey });
    cache.setQueryData(settingsQuery.queryKey, chosen);
    mutate(chosen);
  };
}
