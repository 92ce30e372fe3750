import type { TypingFrame } from "./frames";
import type { Id, Message } from "./types";

const SHOWN_MS = 5_000;

/** Who is typing where: for five seconds after the last word of it, or until that person's message. */
export class TypingBoard {
  private readonly timers = new Map<Id, Map<Id, ReturnType<typeof setTimeout>>>();

  constructor(private readonly onChange: (conversationId: Id, personIds: Id[]) => void) {}

  heard(frame: Pick<TypingFrame, "conversation_id" | "person_id">): void {
    const { conversation_id: conversationId, person_id: personId } = frame;
    const people = this.timers.get(conversationId) ?? new Map<Id, ReturnType<typeof setTimeout>>();
    this.timers.set(conversationId, people);
    const isNew = !people.has(personId);
    clearTimeout(people.get(personId));
    people.set(
      personId,
      setTimeout(() => this.forget(conversationId, personId), SHOWN_MS),
    );
    if (isNew) this.tell(conversationId);
  }

  spoke(message: Pick<Message, "conversation_id" | "sender_id">): void {
    this.forget(message.conversation_id, message.sender_id);
  }

  clear(): void {
    for (const [conversationId, people] of this.timers) {
      for (const timer of people.values()) clearTimeout(timer);
      people.clear();
      this.tell(conversationId);
    }
    this.timers.clear();
  }

  private forget(conversationId: Id, personId: Id): void {
    const people = this.timers.get(conversationId);
    clearTimeout(people?.get(personId));
    if (people?.delete(personId)) this.tell(conversationId);
  }

  private tell(conversationId: Id): void {
    this.onChange(conversationId, [...(this.timers.get(conversationId)?.keys() ?? [])]);
  }
}
