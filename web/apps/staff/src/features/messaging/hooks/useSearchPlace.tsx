import type { Id } from "@hutong/realtime";
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";

import { NO_FILTERS, type SearchFilters } from "../api/search";

export interface SearchPlace {
  typed: string;
  filters: SearchFilters;
  hasFilters: boolean;
  /** Something is asked: what is found stands in the place of the list. */
  isOpen: boolean;
  /** Grows whenever the field is asked for from elsewhere. */
  askedFor: number;
  type: (typed: string) => void;
  filter: (change: Partial<SearchFilters>) => void;
  /** Search in one conversation, from its own page. */
  openIn: (conversationId: Id) => void;
  /** Search in everything, from anywhere; with these words. */
  ask: (typed: string) => void;
  forget: () => void;
}

const SearchContext = createContext<SearchPlace | null>(null);

/** What is searched for in the messages; forgotten when one leaves their room, and there may be asked for from any other. */
export function SearchPlaceProvider({ children }: { children: ReactNode }) {
  const [typed, setTyped] = useState("");
  const [filters, setFilters] = useState(NO_FILTERS);
  const [askedFor, setAskedFor] = useState(0);
  const filter = useCallback((change: Partial<SearchFilters>) => setFilters((it) => ({ ...it, ...change })), []);
  const openIn = useCallback((conversationId: Id) => {
    setFilters({ ...NO_FILTERS, conversationId });
    setTyped("");
    setAskedFor((it) => it + 1);
  }, []);
  const ask = useCallback((words: string) => {
    setFilters(NO_FILTERS);
    setTyped(words);
    setAskedFor((it) => it + 1);
  }, []);
  const forget = useCallback(() => {
    setFilters(NO_FILTERS);
    setTyped("");
    setAskedFor(0);
  }, []);
  const hasFilters = Object.values(filters).some((it) => it !== null);
  const place = useMemo(
    () => ({ typed, filters, hasFilters, isOpen: hasFilters || typed.trim() !== "", askedFor, type: setTyped, filter, openIn, ask, forget }),
    [typed, filters, hasFilters, askedFor, filter, openIn, ask, forget],
  );
  return <SearchContext value={place}>{children}</SearchContext>;
}

export function useSearchPlace(): SearchPlace {
  const place = useContext(SearchContext);
  if (!place) throw new Error("useSearchPlace outside SearchPlaceProvider");
  return place;
}
