import type { Conversation, Department, DepartmentWithPath, Member, MemberCard, Page } from "@hutong/api";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api } from "../../../app/client";

const PAGE = 100;

/** The children of one node, asked for when it is opened; null for the top. */
export const childrenQuery = (parentId: string | null) =>
  queryOptions({
    queryKey: ["departments", "children", parentId],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: Department[] }>("/api/departments", { parent_id: parentId }, signal)).items,
    staleTime: 5 * 60_000,
  });

export const departmentQuery = (departmentId: string) =>
  queryOptions({
    queryKey: ["departments", "one", departmentId],
    queryFn: ({ signal }) => api.get<DepartmentWithPath>(`/api/departments/${encodeURIComponent(departmentId)}`, undefined, signal),
    staleTime: 5 * 60_000,
  });

export const departmentMembersQuery = (departmentId: string) =>
  infiniteQueryOptions({
    queryKey: ["departments", "members", departmentId],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Member>>(
        `/api/departments/${encodeURIComponent(departmentId)}/members`,
        { limit: PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 5 * 60_000,
  });

export const memberSearchQuery = (words: string) =>
  queryOptions({
    queryKey: ["members", "search", words],
    queryFn: async ({ signal }) => (await api.get<{ items: Member[] }>("/api/members", { q: words, limit: 50 }, signal)).items,
    enabled: words !== "",
    // While one goes on typing the last answer stays, so that the list does not blink.
    placeholderData: keepPreviousData,
  });

export const memberQuery = (memberId: string) =>
  queryOptions({
    queryKey: ["members", "one", memberId],
    queryFn: ({ signal }) => api.get<MemberCard>(`/api/members/${encodeURIComponent(memberId)}`, undefined, signal),
    staleTime: 60_000,
  });

export const openDirectConversation = (personId: string) =>
  api.post<Conversation>("/api/conversations", { kind: "direct", person_id: personId });
