import type { CarrierState, NotificationSettings, PushState } from "@hutong/api";
import { queryOptions } from "@tanstack/react-query";

import { api } from "../../../app/client";

const PATH = "/api/me/notification-settings";

export const settingsQuery = queryOptions({
  queryKey: ["notification-settings"],
  queryFn: ({ signal }) => api.get<NotificationSettings>(PATH, undefined, signal),
  staleTime: Infinity,
});

export const putSettings = (settings: NotificationSettings) => api.put<NotificationSettings>(PATH, settings);

/** How else this server reaches people, and where it would reach this one. */
export const carriersQuery = queryOptions({
  queryKey: ["notification-carriers"],
  queryFn: async ({ signal }) => (await api.get<{ items: CarrierState[] }>("/api/me/notification-carriers", undefined, signal)).items,
  staleTime: Infinity,
});

const PUSH_PATH = "/api/me/push-subscription";

/** This network's key for push services, and where this session is pushed to, if it is. */
export const pushQuery = queryOptions({
  queryKey: ["push-subscription"],
  queryFn: ({ signal }) => api.get<PushState>(PUSH_PATH, undefined, signal),
  staleTime: Infinity,
});

export const putSubscription = (subscription: PushSubscriptionJSON) => api.put(PUSH_PATH, subscription);

export const deleteSubscription = () => api.delete(PUSH_PATH);
