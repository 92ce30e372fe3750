/** Announcement channels: whom they are for, who publishes, who has read. */
import type { Channel, ChannelChange, NewChannel, Readers } from "@hutong/api";
import type { Id } from "@hutong/realtime";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api } from "../../../app/client";

const READERS = 50;
/** Under an announcement the count goes on by itself while one looks at it. */
const COUNT_EVERY_MS = 15_000;

export const channelQuery = (id: Id) =>
  queryOptions({ queryKey: ["channels", id], queryFn: ({ signal }) => api.get<Channel>(`/api/channels/${id}`, undefined, signal), staleTime: 0 });

export function createChannel(channel: NewChannel): Promise<Channel> {
  return api.post<Channel>("/api/channels", channel);
}

export function patchChannel(id: Id, change: ChannelChange): Promise<Channel> {
  return api.patch<Channel>(`/api/channels/${id}`, change);
}

const getReaders = (id: Id, seq: number, limit: number, cursor: string | null, signal: AbortSignal) =>
  api.get<Readers>(`/api/channels/${id}/messages/${seq}/readers`, { limit, cursor }, signal);

export const readCountQuery = (id: Id, seq: number) =>
  queryOptions({
    queryKey: ["channels", id, "read count", seq],
    queryFn: ({ signal }) => getReaders(id, seq, 1, null, signal),
    refetchInterval: COUNT_EVERY_MS,
    staleTime: COUNT_EVERY_MS,
  });

export const readersQuery = (id: Id, seq: number) =>
  infiniteQueryOptions({
    queryKey: ["channels", id, "readers", seq],
    queryFn: ({ pageParam, signal }) => getReaders(id, seq, READERS, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
