import type { BundleItem, ChangedMessages, Id, Message, MessagePage, Outgoing } from "@hutong/realtime";

export interface Me {
  person_id: Id;
  name: string;
  conversation_id: Id;
  last_seq: number;
  last_revision: number;
  read_seq: number;
  peer_read_seq: number | null;
  unread_count: number;
}

export interface Host {
  company: { name: string };
  member: { name: string; title?: string | null; avatar_url?: string | null };
}

export interface WayIn extends Host {
  /** Without a conversation: known to the company, but never spoke at this way in. */
  me: Me | (Omit<Me, "conversation_id"> & { conversation_id: null }) | null;
  /** How long after it was said a message can be taken back. */
  recall_minutes: number;
}

/** A network that swallows a request says nothing at all; after this long it is asked again. */
const ANSWER_MS = 20_000;

/** What went wrong: the server's status, code and sentence, or status 0 when it could not be reached. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function failureOf(status: number, body: string): HttpFailure {
  try {
    const { code, message } = JSON.parse(body) as { code: string; message: string };
    return new HttpFailure(status, code ?? "unknown", message ?? "");
  } catch {
    // Not the server's own words: a proxy's error page, or a network's sign-in page.
    return new HttpFailure(status || 502, "unreachable", "");
  }
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_MS);
  try {
    const answer = await fetch(path, {
      method,
      signal: abort.signal,
      credentials: "same-origin",
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw failureOf(answer.status, text);
    return (text ? JSON.parse(text) : undefined) as Answer;
  } catch (error) {
    if (error instanceof HttpFailure) throw error;
    throw new HttpFailure(0, "unreachable", "");
  } finally {
    clearTimeout(timer);
  }
}

/** What one can ask about the talk behind one way in. */
export function doorOf(way: string) {
  const base = `/api/consumer/${encodeURIComponent(way)}`;
  return {
    look: () => call<WayIn>("GET", base),
    say: ({ client_id, kind, text, file_id, location }: Outgoing) => call<Message>("POST", `${base}/messages`, { client_id, kind, text, file_id, location }),
    newest: () => call<MessagePage>("GET", `${base}/messages?limit=30`),
    before: (seq: number) => call<MessagePage>("GET", `${base}/messages?before_seq=${seq}&limit=30`),
    after: (seq: number) => call<MessagePage>("GET", `${base}/messages?after_seq=${seq}&limit=100`),
    changedAfter: (revision: number) => call<ChangedMessages>("GET", `${base}/changed-messages?after_revision=${revision}&limit=100`),
    recall: (seq: number) => call<Message>("POST", `${base}/messages/${seq}/recall`),
    react: (seq: number, emoji: string, isWanted: boolean) =>
      call<Message>(isWanted ? "PUT" : "DELETE", `${base}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`),
    card: (person: Id) => call<{ name: string; title: string | null; is_active: boolean; way: string | null }>("GET", `${base}/cards/${person}`),
    bundle: (id: Id) => call<{ items: BundleItem[] }>("GET", `${base}/bundles/${id}`),
    read: (seq: number) => call<void>("PUT", `${base}/read`, { seq }),
    name: (name: string) => call<void>("PUT", `${base}/name`, { name }),
    recoveryLink: () => call<{ url: string; expires_at: string }>("POST", `${base}/recovery-link`),
    voicesPath: (client_id: string, levels: readonly number[]) => `${base}/voices?client_id=${client_id}&levels=${levels.join()}`,
    picturesPath: (client_id: string, name: string) => `${base}/pictures?client_id=${client_id}&name=${encodeURIComponent(name)}`,
    uploadsPath: `${base}/uploads`,
    filePath: (file: Id) => `${base}/files/${file}`,
    thumbnailPath: (file: Id) => `${base}/files/${file}/thumbnail`,
  };
}

export type Door = ReturnType<typeof doorOf>;

const recovery = (secret: string) => `/api/consumer/recovery/${encodeURIComponent(secret)}`;
export const lookAtRecovery = (secret: string) => call<Host>("GET", recovery(secret));
export const recover = (secret: string) => call<Host & { way: string }>("POST", recovery(secret));
