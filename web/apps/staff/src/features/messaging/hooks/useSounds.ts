import { soundsOf, type Sounds } from "@hutong/i18n/reading";
import { useQuery } from "@tanstack/react-query";

const NONE: Sounds = new Map();

/** How characters are read, fetched when somebody first looks for a name; until then names are found as they are written. */
export function useSounds(): Sounds {
  const { data } = useQuery({
    queryKey: ["sounds"],
    queryFn: async () => soundsOf((await import("@hutong/i18n/sounds")).default),
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: "always",
  });
  return data ?? NONE;
}
