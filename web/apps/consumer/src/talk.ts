import {
  applyChanged,
  applyChangedPage,
  applyMessage,
  applyPage,
  fetchNewer,
  lastSeq,
  logFrom,
  RealtimeClient,
  reconnectDelay,
  showsReading,
  TypingBoard,
  webOutbox,
  type Location,
  type Message,
  type MessagePage,
  type Outgoing,
} from "@hutong/realtime";

import { placeWords } from "@hutong/ui/location";
import type { Recorded } from "@hutong/ui/voice";

import { doorOf, HttpFailure, type Door, type Me, type WayIn } from "./api";
import { FileQueue } from "./files";
import { PictureQueue } from "./pictures";
import { unopened, type TalkState } from "./talkState";

/** A browser that does not answer what it has kept is not waited for. */
const SHELF_MS = 1_000;

/** One customer's talk: what the page shows, and what can be done in it. */
export class Talk {
  state: TalkState;
  readonly door: Door;
  private readonly client: RealtimeClient;
  private readonly pictures: PictureQueue;
  private readonly files: FileQueue;
  private readonly typingBoard = new TypingBoard((_, people) => this.set({ isPeerTyping: people.length > 0 }));
  private readonly listeners = new Set<() => void>();
  private looks = 0;
  private catchingUp: Promise<void> | null = null;
  private mustCatchUpAgain = false;
  private readonly restored: Promise<unknown>;

  constructor(readonly token: string) {
    this.door = doorOf(token);
    this.client = new RealtimeClient({
      url: `/ws/consumer?way=${encodeURIComponent(token)}`,
      outbox: webOutbox(`c.${token}`),
      catchUp: () => this.catchUp(),
      http: {
        send: (message) => this.post(message),
        read: (_, seq) => this.door.read(seq),
      },
      conversation: () => this.state.me?.conversation_id ?? null,
    });
    this.pictures = new PictureQueue({
      way: token,
      path: (clientId, name, voice) => (voice ? this.door.voicesPath(clientId, voice.levels) : this.door.picturesPath(clientId, name)),
      mayStart: () => this.state.me !== null || !this.client.outgoing.some((message) => message.failure?.retry !== false),
      onChange: (pictures) => this.set({ pictures }),
      onSent: (message) => this.hear(message),
    });
    this.files = new FileQueue({
      endpoint: this.door.uploadsPath,
      mayStart: () => this.state.me !== null,
      onChange: (files) => this.set({ files }),
      onStored: (client_id, file) =>
        this.client.send({ client_id, conversation_id: this.state.me?.conversation_id ?? null, kind: "file", text: "", file_id: file.id, file }),
    });
    this.state = { ...unopened, outgoing: this.client.outgoing };
    this.listen();
    this.restored = Promise.race([this.pictures.restore(), new Promise((resolve) => setTimeout(resolve, SHELF_MS))]);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Learns whom the page leads to, however long the network needs. */
  async open(): Promise<void> {
    try {
      this.takeWay(await this.door.look());
      await this.restored;
      this.client.flush();
      this.pictures.resume();
    } catch (error) {
      if ((error as HttpFailure).status === 404) return this.set({ phase: "missing" });
      this.set({ isUnreachable: true });
      setTimeout(() => void this.open(), 1_000 + reconnectDelay(++this.looks));
    }
  }

  say(text: string): void {
    this.client.send({ conversation_id: this.state.me?.conversation_id ?? null, text });
  }

  /** Pictures are made to fit; all else goes as it is. */
  show(files: Iterable<File>): void {
    const others: File[] = [];
    for (const file of files) if (file.type.startsWith("image/")) void this.pictures.add(file);
    else others.push(file);
    this.files.add(others);
  }

  pause(clientId: string): void {
    this.files.pause(clientId);
  }

  tellPlace(location: Location): void {
    this.client.send({ conversation_id: this.state.me?.conversation_id ?? null, kind: "location", text: placeWords(location), location });
  }

  speak(recorded: Recorded): void {
    void this.pictures.addVoice(recorded);
  }

  retry(clientId: string): void {
    this.client.retry(clientId);
    this.pictures.retry(clientId);
    this.files.retry(clientId);
  }

  discard(clientId: string): void {
    this.client.discard(clientId);
    this.pictures.discard(clientId);
    this.files.discard(clientId);
  }

  typing(): void {
    if (this.state.me) this.client.typing(this.state.me.conversation_id);
  }

  markRead(): void {
    const { me, log } = this.state;
    const seq = lastSeq(log);
    if (me && seq > me.read_seq) this.client.markRead(me.conversation_id, seq);
  }

  async fetchOlder(): Promise<void> {
    const first = this.state.log.items[0]?.seq;
    if (!first || !this.state.hasOlder || this.state.isFetchingOlder) return;
    this.set({ isFetchingOlder: true });
    try {
      const page = await this.door.before(first);
      this.takePage(page);
      this.set({ hasOlder: page.has_older });
    } catch {
      // Scrolling on asks again.
    }
    this.set({ isFetchingOlder: false });
  }

  async callMe(name: string): Promise<void> {
    await this.door.name(name);
    if (this.state.me) this.set({ me: { ...this.state.me, name } });
  }

  private set(change: Partial<TalkState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private listen(): void {
    this.client.on("message", (message) => {
      this.hear(message);
      // Who speaks has read what was said before.
      if (message.sender_id !== this.state.me?.person_id && showsReading(message, this.state.peerReadSeq)) this.see(message.seq);
    });
    this.client.on("removed", ({ first_seq: firstSeq }) => this.set({ log: logFrom(this.state.log, firstSeq), firstSeq, hasOlder: false }));
    this.client.on("message_changed", (message) => this.takeChanged(message));
    this.client.on("outgoing", (outgoing) => {
      this.set({ outgoing });
      this.pictures.resume();
    });
    this.client.on("state", (line) => {
      this.set({ line });
      if (line === "open") this.pictures.resume();
      if (line === "signed_out") this.set({ phase: "ended" });
    });
    this.client.on("typing", (frame) => {
      if (frame.person_id !== this.state.me?.person_id) this.typingBoard.heard(frame);
    });
    this.client.on("read", ({ person_id, seq }) => {
      if (person_id !== this.state.me?.person_id) this.see(seq);
    });
    window.addEventListener("online", () => {
      if (this.state.line === "idle") this.client.nudge();
      this.pictures.resume();
    });
  }

  async recall(seq: number): Promise<void> {
    this.takeChanged(await this.door.recall(seq));
  }

  /** Join those who reacted with this emoji, or leave them. */
  async react(message: Message, emoji: string): Promise<void> {
    const me = this.state.me?.person_id ?? "";
    const isThere = message.reactions?.some((it) => it.emoji === emoji && it.person_ids.includes(me)) ?? false;
    this.takeChanged(await this.door.react(message.seq, emoji, !isThere));
  }

  private see(seq: number): void {
    if (seq > this.state.peerReadSeq) this.set({ peerReadSeq: seq });
  }

  /** A first message and a first picture must not race: whoever is second waits, or the server would meet two customers. */
  private async post(message: Outgoing): Promise<Message> {
    await this.restored;
    if (!this.state.me && this.pictures.isInDoubt) throw new HttpFailure(0, "in_turn", "");
    return this.door.say(message);
  }

  private takeWay(way: WayIn): void {
    const { me, peerReadSeq } = this.state;
    this.set({ phase: "ready", isUnreachable: false, way, peerReadSeq: Math.max(peerReadSeq, way.me?.peer_read_seq ?? 0) });
    // A first message may have been taken while this answer was on its way.
    if (way.me && way.me.conversation_id !== null) this.enter(way.me);
    else if (me) this.set({ way: { ...way, me } });
  }

  private enter(me: Me): void {
    this.set({ me });
    this.files.resume();
    if (this.client.state !== "idle") return;
    this.client.start();
    // The words of last time do not wait for the socket.
    this.catchUp().catch(() => undefined);
  }

  private hear(message: Message): void {
    const { me, names } = this.state;
    const { log, askAfter } = applyMessage(this.state.log, message);
    this.set({ log });
    this.typingBoard.spoke(message);
    if (!me) {
      const { conversation_id, sender_id } = message;
      const seqs = { last_seq: message.seq, last_revision: 0, read_seq: 0, peer_read_seq: 0, unread_count: 0 };
      return this.enter({ person_id: sender_id, name: this.state.way?.me?.name ?? "", conversation_id, ...seqs });
    }
    if (askAfter !== null && this.state.isLogLoaded) this.catchUp().catch(() => undefined);
    // A frame carries no name; a colleague who speaks for the first time is looked up with the message itself.
    else if (message.sender_id !== me.person_id && !names[message.sender_id]) this.learnName(message.seq);
  }

  /** A frame, or the answer to one's own deed. */
  private takeChanged(message: Message): void {
    const { log, askAfter } = applyChanged(this.state.log, message);
    this.set({ log });
    if (askAfter !== null && this.state.isLogLoaded) this.catchUp().catch(() => undefined);
  }

  private learnName(seq: number): void {
    this.door.after(seq - 1).then(
      (page) => this.takePage(page),
      () => undefined,
    );
  }

  private takePage(page: MessagePage): void {
    const names = { ...this.state.names };
    for (const person of page.people) names[person.id] = person.name;
    const firstSeq = Math.max(this.state.firstSeq, page.first_seq ?? 1);
    this.set({ log: logFrom(applyPage(this.state.log, page.items, page.last_revision), firstSeq), firstSeq, names });
  }

  /** One at a time; what is asked for meanwhile is asked once more after it. */
  private catchUp(): Promise<void> {
    if (this.catchingUp) {
      this.mustCatchUpAgain = true;
      return this.catchingUp;
    }
    this.catchingUp = this.fetchMissed().finally(() => {
      this.catchingUp = null;
      if (!this.mustCatchUpAgain) return;
      this.mustCatchUpAgain = false;
      this.catchUp().catch(() => undefined);
    });
    return this.catchingUp;
  }

  private async fetchMissed(): Promise<void> {
    if (!this.state.isLogLoaded) {
      const page = await this.door.newest();
      this.takePage(page);
      this.set({ isLogLoaded: true, hasOlder: page.has_older });
      if (!this.state.log.ahead.length) return;
    }
    await fetchNewer(lastSeq(this.state.log), this.door.after, (page) => this.takePage(page));
    const way = await this.door.look();
    this.takeWay(way);
    while ((way.me?.last_revision ?? 0) > this.state.log.revision) {
      const page = await this.door.changedAfter(this.state.log.revision);
      this.set({ log: applyChangedPage(this.state.log, page) });
      if (!page.has_newer) return;
    }
  }
}
