import type { Id, Location, Mentions, NameCard, Quote, StoredFile, Voice } from "./types";

export interface SendFailure {
  code: string;
  message: string;
  /** true: it will be tried again by itself; false: refused as it is. */
  retry: boolean;
}

/** A message that nobody has acknowledged yet. */
export interface Outgoing {
  client_id: string;
  /** null: the conversation does not exist before this message. */
  conversation_id: Id | null;
  kind: "text" | "image" | "file" | "voice" | "card" | "location";
  text: string;
  file_id: Id | null;
  /** What the echo shows; the server is told file_id only. */
  file: StoredFile | null;
  /** As the echo shows it; the server is told whose it is only. */
  card?: NameCard;
  /** As the echo shows it; the server counts the length itself. */
  voice?: Voice;
  location?: Location;
  /** What it answers, as the echo shows it; the server is told the `seq` only. */
  reply_to?: Quote;
  /** As the echo shows them; the server is told the ids only. */
  mentions?: Mentions;
  topic_id?: Id;
  /** Its author wants no page shown that it links to. */
  without_preview?: true;
  created_at: string;
  failure: SendFailure | null;
}

/** What the server is told of whom a message calls on. */
export function mentionWish(mentions: Mentions | undefined): { everybody: boolean; person_ids: Id[] } | undefined {
  return mentions && { everybody: mentions.everybody, person_ids: mentions.people.map((it) => it.id) };
}

/** Where unsent messages survive a reload. */
export interface Outbox {
  /** Oldest first. */
  load(): Outgoing[];
  put(message: Outgoing): void;
  remove(clientId: string): void;
}

const byAge = (a: Outgoing, b: Outgoing) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0);

export function memoryOutbox(): Outbox {
  const held = new Map<string, Outgoing>();
  return {
    load: () => [...held.values()].sort(byAge),
    put: (message) => void held.set(message.client_id, message),
    remove: (clientId) => void held.delete(clientId),
  };
}

function isOutgoing(value: unknown): value is Outgoing {
  const message = value as Outgoing | null;
  return typeof message?.client_id === "string" && typeof message.text === "string" && typeof message.created_at === "string";
}

/**
 * An outbox in Web Storage: one key a message, so that two open tabs never write over each other's.
 * Where storage is forbidden or full, messages are held in memory.
 */
export function webOutbox(scope: string, storage: () => Storage = () => localStorage): Outbox {
  const prefix = `hutong.outbox.${scope}.`;
  const memory = memoryOutbox();
  const stored = (): Outgoing[] => {
    const found: Outgoing[] = [];
    try {
      const area = storage();
      for (let i = 0; i < area.length; i++) {
        const key = area.key(i);
        if (!key?.startsWith(prefix)) continue;
        try {
          const value: unknown = JSON.parse(area.getItem(key) ?? "null");
          if (isOutgoing(value)) found.push(value);
        } catch {
          // A broken entry is nobody's message.
        }
      }
    } catch {
      // No storage here: memory has what there is.
    }
    return found;
  };
  return {
    load: () => [...stored(), ...memory.load()].sort(byAge),
    put(message) {
      try {
        storage().setItem(prefix + message.client_id, JSON.stringify(message));
      } catch {
        memory.put(message);
      }
    },
    remove(clientId) {
      memory.remove(clientId);
      try {
        storage().removeItem(prefix + clientId);
      } catch {
        // Nothing was stored.
      }
    },
  };
}
