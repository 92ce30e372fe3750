import type { Member } from "@hutong/api";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";

import { memberSearchQuery } from "../api/directory";

export interface MemberSearch {
  /** Undefined before the first answer, and while nothing is asked. */
  data: Member[] | undefined;
  /** Something is asked and its own answer has not come yet. */
  isPending: boolean;
  error: Error | null;
}

/** By name, pinyin, initials, account or phone tail; asks when the typing pauses. */
export function useMemberSearch(typed: string): MemberSearch {
  const words = typed.trim();
  const [settled] = useDebouncedValue(words, 160);
  const found = useQuery(memberSearchQuery(settled));
  if (words === "") return { data: undefined, isPending: false, error: null };
  return { data: found.data, isPending: words !== settled || found.isPending || found.isPlaceholderData, error: found.error };
}
