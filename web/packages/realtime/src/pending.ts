import { newClientId } from "./ids";
import type { Outbox, Outgoing, SendFailure } from "./outbox";
import type { Id, Location, Mentions, NameCard, Quote, StoredFile, Voice } from "./types";

export interface Draft {
  conversation_id: Id | null;
  kind?: Outgoing["kind"];
  text?: string;
  file_id?: Id | null;
  file?: StoredFile | null;
  card?: NameCard;
  voice?: Voice;
  location?: Location;
  reply_to?: Quote;
  mentions?: Mentions;
  topic_id?: Id;
  without_preview?: true;
  client_id?: string;
}

/** What nobody has acknowledged, oldest first, in memory and in the outbox alike. `list` is a new array at every change. */
export class Pending {
  list: readonly Outgoing[];
  private newestAt = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly onChange: (list: readonly Outgoing[]) => void,
  ) {
    this.list = outbox.load().map((message) => (message.failure?.retry ? { ...message, failure: null } : message));
  }

  add(draft: Draft): Outgoing {
    // Two in the same millisecond keep their order across a reload.
    this.newestAt = Math.max(Date.now(), this.newestAt + 1);
    const message: Outgoing = {
      client_id: newClientId(),
      kind: "text",
      text: "",
      file_id: null,
      file: null,
      ...draft,
      created_at: new Date(this.newestAt).toISOString(),
      failure: null,
    };
    this.outbox.put(message);
    this.change([...this.list, message]);
    return message;
  }

  find(clientId: string): Outgoing | undefined {
    return this.list.find((message) => message.client_id === clientId);
  }

  /** Those that are still to be sent: all but the refused. */
  waiting(): Outgoing[] {
    return this.list.filter((message) => message.failure?.retry !== false);
  }

  drop(clientId: string): void {
    this.outbox.remove(clientId);
    if (this.find(clientId)) this.change(this.list.filter((message) => message.client_id !== clientId));
  }

  mark(clientId: string, failure: SendFailure | null): void {
    const message = this.find(clientId);
    if (!message || message.failure === failure) return;
    const changed = { ...message, failure };
    this.outbox.put(changed);
    this.change(this.list.map((other) => (other === message ? changed : other)));
  }

  private change(list: readonly Outgoing[]): void {
    this.list = list;
    this.onChange(list);
  }
}
