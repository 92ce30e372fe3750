import type { NotificationSettings } from "@hutong/api";
import { queryOptions } from "@tanstack/react-query";

import { api } from "../../../app/client";

const PATH = "/api/me/notification-settings";

export const settingsQuery = queryOptions({
  queryKey: ["notification-settings"],
  queryFn: ({ signal }) => api.get<NotificationSettings>(PATH, undefined, signal),
  staleTime: Infinity,
});

export const putSettings = (settings: NotificationSettings) => api.put<NotificationSettings>(PATH, settings);
