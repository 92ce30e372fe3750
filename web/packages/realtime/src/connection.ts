import { reconnectDelay } from "./backoff";
import { decodeFrame, type ServerFrame, type Welcome } from "./frames";

export type ConnectionState = "idle" | "connecting" | "open" | "polling" | "offline" | "signed_out";

/** How long a socket may take to its welcome; a network that swallows upgrades does so silently. */
const OPEN_MS = 10_000;
/** How long an answer to a ping or a send may take before the line is taken for dead. */
const ANSWER_MS = 10_000;
/** A socket that lived shorter than this counts as one more failure, else a server that drops everybody is hammered. */
const STEADY_MS = 10_000;
const POLL_MS = 5_000;
const HIDDEN_POLL_MS = 30_000;
const FAILURES_BEFORE_POLLING = 3;

export interface ConnectionOptions {
  url: string;
  openSocket: (url: string) => WebSocket;
  onFrame: (frame: ServerFrame) => void;
  onState: (state: ConnectionState) => void;
  /** One round over HTTP while there is no socket; throws when that fails too. */
  poll?: () => Promise<void>;
}

/** Keeps one socket open as docs/protocol.md says: heartbeat, waits between attempts, close codes, and rounds over HTTP where no socket can be had. */
export class Connection {
  state: ConnectionState = "idle";
  welcome: Welcome | null = null;
  private socket: WebSocket | null = null;
  private failures = 0;
  private heardAt = 0;
  private welcomedAt = 0;
  /** After close codes that say a socket of ours will never do. */
  private isSocketRefused = false;
  private isPolling = false;
  private attemptTimer?: ReturnType<typeof setTimeout>;
  private answerTimer?: ReturnType<typeof setTimeout>;
  private pollTimer?: ReturnType<typeof setTimeout>;
  private heartbeat?: ReturnType<typeof setInterval>;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    if (this.state !== "idle") return;
    this.failures = 0;
    this.isSocketRefused = false;
    globalThis.addEventListener?.("online", this.onOnline);
    globalThis.document?.addEventListener("visibilitychange", this.onVisible);
    this.become("connecting");
    this.attempt();
  }

  stop(state: "idle" | "signed_out" = "idle"): void {
    globalThis.removeEventListener?.("online", this.onOnline);
    globalThis.document?.removeEventListener("visibilitychange", this.onVisible);
    clearTimeout(this.attemptTimer);
    clearTimeout(this.pollTimer);
    this.pollTimer = undefined;
    this.release(1000);
    this.become(state);
  }

  /** true: it went into the socket, which is no promise that it arrives. */
  tell(frame: string, expectsAnswer: boolean): boolean {
    if (this.state !== "open") return false;
    this.socket!.send(frame);
    if (expectsAnswer) this.answerTimer ??= setTimeout(() => this.drop(0), ANSWER_MS);
    return true;
  }

  /** Look now: is the line alive, or can it be had again? */
  nudge(): void {
    if (this.state === "open") {
      this.tell('{"type":"ping"}', true);
    } else if (this.state === "offline" || this.state === "polling") {
      this.attempt();
      if (this.pollTimer !== undefined) void this.pollNow();
    }
  }

  private readonly onOnline = () => {
    // An attempt begun on the old network would only time out.
    if (this.socket && !this.welcome) this.release();
    if (this.state === "connecting") this.attempt();
    this.nudge();
  };

  private readonly onVisible = () => {
    if (globalThis.document.visibilityState === "visible") this.nudge();
  };

  private become(state: ConnectionState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState(state);
  }

  private attempt(): void {
    clearTimeout(this.attemptTimer);
    if (this.socket || this.isSocketRefused) return;
    let socket: WebSocket;
    try {
      socket = this.options.openSocket(this.options.url);
    } catch {
      this.drop(0);
      return;
    }
    this.socket = socket;
    socket.onmessage = (event: MessageEvent) => this.hear(event.data);
    socket.onclose = (event: CloseEvent) => this.drop(event.code);
    this.attemptTimer = setTimeout(() => {
      // Silence is what a network gives that lets no socket through: no use in waiting for two more of these.
      this.failures += FAILURES_BEFORE_POLLING;
      this.drop(0);
    }, OPEN_MS);
  }

  private hear(text: unknown): void {
    this.heardAt = Date.now();
    clearTimeout(this.answerTimer);
    this.answerTimer = undefined;
    const frame = decodeFrame(text);
    if (!frame) return;
    if (frame.type === "welcome") this.settle(frame);
    this.options.onFrame(frame);
  }

  private settle(welcome: Welcome): void {
    clearTimeout(this.attemptTimer);
    clearTimeout(this.pollTimer);
    this.pollTimer = undefined;
    clearInterval(this.heartbeat);
    this.welcome = welcome;
    this.welcomedAt = Date.now();
    const beat = welcome.heartbeat_seconds * 1000 || 25_000;
    this.heartbeat = setInterval(() => {
      if (Date.now() - this.heardAt > 2 * beat) this.drop(0);
      else this.tell('{"type":"ping"}', false);
    }, beat);
    this.become("open");
  }

  /** Lets go of the socket without waiting for its close, which a dead network delivers minutes late. */
  private release(code?: number): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.answerTimer);
    this.answerTimer = undefined;
    const socket = this.socket;
    this.socket = null;
    this.welcome = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  /** code 0: we gave it up ourselves. */
  private drop(code: number): void {
    const wasSteady = this.welcome !== null && Date.now() - this.welcomedAt > STEADY_MS;
    clearTimeout(this.attemptTimer);
    this.release();
    if (code === 4001) return this.stop("signed_out");
    this.failures = wasSteady ? 1 : this.failures + 1;
    if ([1003, 1009, 4008, 4009].includes(code)) this.isSocketRefused = true;
    else if (code === 1013 && wasSteady) return this.attempt();
    else this.attemptTimer = setTimeout(() => this.attempt(), reconnectDelay(this.failures));
    if (this.state !== "polling") this.become("offline");
    const shouldPoll = this.failures >= FAILURES_BEFORE_POLLING || this.isSocketRefused;
    if (shouldPoll && this.pollTimer === undefined) void this.pollNow();
  }

  private async pollNow(): Promise<void> {
    if (this.isPolling || !this.options.poll) return;
    this.isPolling = true;
    clearTimeout(this.pollTimer);
    this.pollTimer = undefined;
    const hasWorked = await this.options.poll().then(
      () => true,
      () => false,
    );
    this.isPolling = false;
    if (this.state !== "offline" && this.state !== "polling") return;
    this.become(hasWorked ? "polling" : "offline");
    const isHidden = globalThis.document?.visibilityState === "hidden";
    const wait = hasWorked ? (isHidden ? HIDDEN_POLL_MS : POLL_MS) : POLL_MS + reconnectDelay(this.failures);
    this.pollTimer = setTimeout(() => void this.pollNow(), wait);
  }
}
