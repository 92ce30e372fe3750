/** Ties the socket, the HTTP answers and the inbox together: what comes in becomes events, what is missing is asked for. */
import { RealtimeClient, TypingBoard, fetchNewer, lastSeq, webOutbox } from "@hutong/realtime";
import type { ChannelFrame, Contact, Conversation, Id, Location, Mentions, Message, MessagePage, NameCard, Person, Quote } from "@hutong/realtime";
import { placeWords } from "@hutong/ui/location";
import { spokenLength } from "@hutong/ui/voice";
import type * as messagingApi from "../api/messaging";
import { changesAfter } from "./changes";
import { MessageDeeds } from "./deeds";
import type { DeedsApi } from "./deeds";
import type { Drafts } from "./drafts";
import { holeAfter } from "./inbox";
import type { InboxEvent, Thread } from "./inbox";
import { Keeping } from "./keeping";
import type { KeepingApi } from "./keeping";
import { PresenceBoard } from "./presence";
import { Receipts } from "./receipts";
import { loadRemarks } from "./remarks";
import { InboxStore } from "./store";
import { Topics } from "./topics";
import type { TopicsApi } from "./topics";
import { UploadQueue } from "./uploads";
import type { Attachment, StartUpload } from "./uploads";

export type MessagingApi = Pick<
  typeof messagingApi,
  | "sync"
  | "getConversation"
  | "listMessages"
  | "listChangedMessages"
  | "postMessage"
  | "putRead"
  | "listReceipts"
  | "listPeople"
  | "listContacts"
  | "patchRemark"
> &
  DeedsApi &
  KeepingApi &
  TopicsApi;

/** Where in a group it belongs. */
type About = { topic_id?: Id };
type AboutConversation = Extract<InboxEvent, { type: "read" | "group" | "conversation_changed" }>;

/** Behind by more than this, the newest page replaces what is loaded instead of everything in between being fetched. */
const LONGEST_REPAIR = 200;
/** In larger groups nobody hears how far the others have read. */
const HEARD_BY_ALL = 200;
const KEPT_PREVIEWS = 60;
/** Of a conversation that is not on the screen: enough for the next look at it. */
const KEPT_CLOSED = 60;

export class Messenger {
  readonly store: InboxStore;
  readonly client: RealtimeClient;
  readonly uploads: UploadQueue;
  readonly drafts: Drafts;
  readonly receipts: Receipts;
  readonly keeping: Keeping;
  readonly deeds: MessageDeeds;
  readonly presence: PresenceBoard;
  readonly topics: Topics;
  private readonly typing: TypingBoard;
  private readonly previews = new Map<string, string>();
  private readonly underway = new Map<string, Promise<void>>();
  private readonly wantedPeople = new Set<Id>();
  private readonly unsubscribe: (() => void)[] = [];
  private openId: Id | null = null;
  /** What came about conversations that are not known yet, while the answer that tells of them is on its way. */
  private early: AboutConversation[] | null = null;

  constructor(
    personId: Id,
    private readonly api: MessagingApi,
    startUpload: StartUpload,
    openSocket?: (url: string) => WebSocket,
  ) {
    this.store = new InboxStore(personId);
    this.keeping = new Keeping(this.store, api);
    this.drafts = this.keeping.drafts;
    this.deeds = new MessageDeeds(api, (changed) => this.takeChanged(changed));
    this.topics = new Topics(api, (page) => this.meetSpeakers(page));
    this.receipts = new Receipts(
      (id, from, to) => api.listReceipts(id, from, to),
      (id) => (this.store.getState().conversations[id]?.participant_count ?? 0) > HEARD_BY_ALL,
    );
    this.typing = new TypingBoard((conversation_id, person_ids) => this.store.apply({ type: "typing", conversation_id, person_ids }));
    this.client = new RealtimeClient({
      url: "/ws",
      openSocket,
      outbox: webOutbox(`staff.${personId}`),
      catchUp: () => this.catchUp(),
      http: {
        send: (it) => this.api.postMessage(it.conversation_id!, it),
        read: (id, seq) => this.api.putRead(id, seq),
      },
    });
    this.presence = new PresenceBoard(this.client);
    this.uploads = new UploadQueue(startUpload, (upload, stored) => {
      if (upload.preview) this.keepPreview(upload.id, upload.preview);
      const { id: client_id, conversation_id, topic_id, voice } = upload;
      const kind = voice ? "voice" : upload.isImage && stored.media_type.startsWith("image/") ? "image" : "file";
      const text = voice ? spokenLength(voice.duration_ms) : "";
      this.client.send({ client_id, conversation_id, kind, text, file_id: stored.id, file: stored, voice, topic_id });
    });
  }

  start(): void {
    const { api, client, store } = this;
    store.apply({ type: "outgoing", outgoing: client.outgoing });
    this.unsubscribe.push(
      client.on("state", (state) => store.apply({ type: "connection", state })),
      client.on("outgoing", (outgoing) => store.apply({ type: "outgoing", outgoing })),
      client.on("message", (message) => this.hear(message)),
      client.on("message_changed", (message) => this.takeChanged(message)),
      client.on("read", (frame) => {
        this.place(frame);
        this.receipts.touch(frame.conversation_id);
      }),
      client.on("conversation", (conversation) => this.take(conversation)),
      client.on("conversation_changed", (frame) => {
        this.place(frame);
        this.receipts.touch(frame.conversation_id);
      }),
      client.on("group", (frame) => this.place(frame)),
      client.on("removed", (frame) => store.apply(frame)),
      client.on("conversation_left", ({ conversation_id }) => store.apply({ type: "conversation_left", conversation_id })),
      client.on("channel", (frame) => this.learn(frame)),
      client.on("contact", (contact) => this.meet(contact)),
      ...this.keeping.start(client),
      this.presence.start(),
      ...this.topics.start(client),
      client.on("welcome", () => {
        this.receipts.touchAll();
        void loadRemarks(api, store).catch(() => undefined);
      }),
      client.on("typing", (frame) => {
        if (frame.person_id === store.getState().personId) return;
        this.typing.heard(frame);
        this.want([frame.person_id]);
      }),
    );
    client.start();
  }

  stop(): void {
    for (const off of this.unsubscribe.splice(0)) off();
    this.typing.clear();
    this.receipts.stop();
    this.client.stop();
  }

  /** The conversation on the screen: it is loaded (around `seq` where a link names one), and repaired when something is missing. */
  async open(id: Id, seq: number | null = null): Promise<void> {
    const [before] = this.keeping.visited;
    this.openId = id;
    this.keeping.opened(id);
    if (before !== undefined && before !== id) this.leave(before);
    const { conversations, threads } = this.store.getState();
    await Promise.all([conversations[id] ? undefined : this.loadConversation(id), this.loadThread(id, threads[id], seq)]);
  }

  private loadThread(id: Id, thread: Thread | undefined, seq: number | null): Promise<void> {
    if (seq !== null && !thread?.log.items.some((it) => it.seq === seq)) return this.loadAround(id, seq);
    return thread ? this.repair(id) : this.loadNewest(id);
  }

  close(id: Id): void {
    if (this.openId === id) this.openId = null;
  }

  /** An answer or a frame about a conversation. */
  take(conversation: Conversation): void {
    this.store.apply({ type: "conversation", conversation });
    if (conversation.id === this.openId) void this.repair(conversation.id);
  }

  /** A channel changed for all who hear it; to some of them it is new. */
  private learn(frame: ChannelFrame): void {
    if (this.store.getState().conversations[frame.conversation_id]) this.store.apply(frame);
    else void this.loadConversation(frame.conversation_id).catch(() => undefined);
  }

  meet(contact: Contact): void {
    this.store.apply({ type: "remark", person_id: contact.id, remark: contact.remark });
    const known = this.store.getState().people[contact.id];
    if (known && known.name !== contact.name) this.store.apply({ type: "people", people: [{ ...known, name: contact.name }] });
    if (!this.store.getState().conversations[contact.conversation_id]) void this.loadConversation(contact.conversation_id).catch(() => undefined);
  }

  /** What I call a customer; empty goes back to their own name. */
  async saveRemark(personId: Id, remark: string): Promise<Contact> {
    const contact = await this.api.patchRemark(personId, remark);
    this.store.apply({ type: "remark", person_id: contact.id, remark: contact.remark });
    return contact;
  }

  async loadConversation(id: Id): Promise<void> {
    await this.once(`conversation ${id}`, async () => this.take(await this.api.getConversation(id)));
  }

  loadNewest(id: Id): Promise<void> {
    return this.load(`newest ${id}`, id, {});
  }

  loadOlder(id: Id): Promise<void> {
    const first = this.firstSeq(id);
    // What came too late to touch what is loaded now would take its place.
    return first ? this.load(`older ${id}`, id, { before_seq: first }, () => this.firstSeq(id) === first) : Promise.resolve();
  }

  loadNewer(id: Id): Promise<void> {
    const thread = this.store.getState().threads[id];
    if (!thread?.hasNewer) return Promise.resolve();
    const last = lastSeq(thread.log);
    const isNext = () => lastSeq(this.store.getState().threads[id]?.log ?? thread.log) === last;
    return this.load(`newer ${id}`, id, { after_seq: last }, isNext);
  }

  private firstSeq(id: Id): number {
    return this.store.getState().threads[id]?.log.items[0]?.seq ?? 0;
  }

  loadAround(id: Id, seq: number): Promise<void> {
    return this.load(`around ${id} ${seq}`, id, { around_seq: seq });
  }

  /** Lets go what is loaded outside of these: it is fetched again by whoever comes back to it. */
  keepOnly(id: Id, fromSeq: number, toSeq: number): void {
    this.store.apply({ type: "trimmed", conversation_id: id, from_seq: fromSeq, to_seq: toSeq });
  }

  /** Whoever comes back finds the present at once; of all that was scrolled through nothing stays. */
  private leave(id: Id): void {
    const thread = this.store.getState().threads[id];
    if (thread?.hasNewer) this.store.apply({ type: "forgotten", conversation_id: id });
    else if (thread) this.keepOnly(id, lastSeq(thread.log) - KEPT_CLOSED, Infinity);
  }

  sendText(id: Id, text: string, about: About & { reply_to?: Quote; mentions?: Mentions; without_preview?: true } = {}): void {
    this.client.send({ conversation_id: id, text, ...about });
    void this.returnToNow(id);
  }

  /** The card's words are the name on it, as the server makes them. */
  sendCard(id: Id, card: NameCard, about: About = {}): void {
    this.client.send({ conversation_id: id, kind: "card", text: card.name, card, ...about });
    void this.returnToNow(id);
  }

  sendLocation(id: Id, location: Location, about: About = {}): void {
    this.client.send({ conversation_id: id, kind: "location", text: placeWords(location), location, ...about });
    void this.returnToNow(id);
  }

  sendAttachments(id: Id, attachments: readonly Attachment[], about: About = {}): void {
    this.uploads.add(id, attachments, about);
    void this.returnToNow(id);
  }

  /** A local picture for a message of one's own: shown instead of the server's, so that nothing blinks when it arrives there. */
  previewOf(clientId: string): string | null {
    return this.previews.get(clientId) ?? null;
  }

  markRead(id: Id, seq: number): void {
    const { conversations, personId } = this.store.getState();
    const known = conversations[id];
    if (!known || seq <= known.read_seq) return;
    this.client.markRead(id, seq);
    this.store.apply({ type: "read", conversation_id: id, person_id: personId, seq });
  }

  /** Done with what was said, however far one has read: back to the present. */
  async finish(id: Id): Promise<void> {
    this.markRead(id, this.store.getState().conversations[id]?.last_seq ?? 0);
    await this.returnToNow(id);
  }

  private hear(message: Message): void {
    this.store.apply({ type: "message", message });
    this.typing.spoke(message);
    this.receipts.touch(message.conversation_id);
    this.want([message.sender_id]);
    const state = this.store.getState();
    const id = message.conversation_id;
    if (!state.conversations[id]) void this.loadConversation(id).catch(() => undefined);
    if ((state.threads[id]?.log.ahead.length ?? 0) > 0) void this.repair(id);
  }

  /** A frame, or the answer to one's own deed: whichever comes second changes nothing. */
  private takeChanged(message: Message): void {
    this.store.apply({ type: "message_changed", message });
    const id = message.conversation_id;
    if (id === this.openId && changesAfter(this.store.getState(), id) !== null) void this.repair(id);
  }

  /** Later than the answer that is on its way, which may be older: it waits for that. */
  private place(frame: AboutConversation): void {
    if (this.early && !this.store.getState().conversations[frame.conversation_id]) this.early.push(frame);
    else this.store.apply(frame);
  }

  private async catchUp(): Promise<void> {
    this.store.apply({ type: "sync_asked" });
    const early: AboutConversation[] = (this.early = []);
    const answer = await this.api.sync(this.store.getState().syncToken);
    this.store.apply({ type: "synced", answer });
    if (this.early === early) this.early = null;
    for (const frame of early) this.store.apply(frame);
    this.keeping.caughtUp(answer.drafts);
    if (this.openId && this.store.getState().threads[this.openId]) await this.repair(this.openId);
  }

  /** Fetches what is missing of a loaded thread: at its end, and of what happened to its messages. */
  private async repair(id: Id): Promise<void> {
    await this.once(`repair ${id}`, async () => {
      for (let after = holeAfter(this.store.getState(), id); after !== null; ) {
        const behind = (this.store.getState().conversations[id]?.last_seq ?? 0) - after;
        if (behind > LONGEST_REPAIR) this.takePage(id, await this.api.listMessages(id, {}));
        else await fetchNewer(after, (seq) => this.api.listMessages(id, { after_seq: seq }), (page) => this.takePage(id, page));
        const next = holeAfter(this.store.getState(), id);
        // An answer that brought nothing further would be asked for without end.
        after = next === after ? null : next;
      }
      for (let after = changesAfter(this.store.getState(), id); after !== null; ) {
        this.store.apply({ type: "changed_page", conversation_id: id, page: await this.api.listChangedMessages(id, after) });
        const next = changesAfter(this.store.getState(), id);
        after = next === after ? null : next;
      }
    }).catch(() => {
      // The line is down: the catch-up after the next welcome comes back here. A hiccup of the server: once more, later.
      if (this.client.state === "open") setTimeout(() => void this.repair(id), 3_000);
    });
  }

  /** Who writes while looking at the past sees the present. */
  private async returnToNow(id: Id): Promise<void> {
    if (this.store.getState().threads[id]?.hasNewer) await this.loadNewest(id).catch(() => undefined);
  }

  private async load(key: string, id: Id, where: messagingApi.Where, isWanted = () => true): Promise<void> {
    await this.once(key, async () => {
      const page = await this.api.listMessages(id, where);
      if (isWanted()) this.takePage(id, page);
    });
    const { threads } = this.store.getState();
    if (threads[id] && id === this.openId) void this.repair(id);
  }

  private takePage(id: Id, page: MessagePage): void {
    this.store.apply({ type: "page", conversation_id: id, page });
    this.meetSpeakers(page);
  }

  private meetSpeakers(page: MessagePage): void {
    this.store.apply({ type: "people", people: page.people });
    this.topics.learn(page.topics ?? []);
    this.want(page.items.map((it) => it.sender_id));
  }

  /** Faces of those who are not known yet, gathered for a moment and asked for together. */
  private want(ids: readonly (Id | null)[]): void {
    const { people } = this.store.getState();
    const missing = ids.filter((id): id is Id => id !== null && !people[id] && !this.wantedPeople.has(id));
    if (missing.length === 0) return;
    if (this.wantedPeople.size === 0) setTimeout(() => void this.fetchWanted(), 50);
    for (const id of missing) this.wantedPeople.add(id);
  }

  private async fetchWanted(): Promise<void> {
    const { people: known } = this.store.getState();
    const ids = [...this.wantedPeople].filter((id) => !known[id]).slice(0, 200);
    if (ids.length > 0) {
      const people: readonly Person[] = await this.api.listPeople(ids).catch(() => []);
      this.store.apply({ type: "people", people });
    }
    this.wantedPeople.clear();
  }

  /** Two who ask for the same at once get one request. */
  private once(key: string, run: () => Promise<void>): Promise<void> {
    const running = this.underway.get(key);
    if (running) return running;
    const started = run().finally(() => this.underway.delete(key));
    this.underway.set(key, started);
    return started;
  }

  private keepPreview(clientId: string, url: string): void {
    this.previews.set(clientId, url);
    const oldest = this.previews.keys().next().value;
    if (this.previews.size <= KEPT_PREVIEWS || oldest === undefined) return;
    URL.revokeObjectURL(this.previews.get(oldest)!);
    this.previews.delete(oldest);
  }
}
