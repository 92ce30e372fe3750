/** Speaking and hearing, without a framework: the staff app and the consumer's page draw it each in their own way. */

export const LONGEST_MS = 60_000;
/** What a slip of the finger records is nothing to send. */
export const SHORTEST_MS = 600;
const BARS = 40;
const MEASURE_MS = 100;
/** Spoken words are clear at this rate, and a minute is a quarter of a megabyte. */
const BITS_PER_SECOND = 32_000;
/** AAC first: every browser plays it, also the oldest phones. */
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

/** insecure: browsers give no microphone to pages without https. */
export type RecordingTrouble = "denied" | "missing" | "insecure" | "unknown";

export class RecordingFailed extends Error {
  constructor(readonly trouble: RecordingTrouble) {
    super(trouble);
  }
}

export interface Recorded {
  blob: Blob;
  durationMs: number;
  levels: number[];
}

function troubleOf(error: unknown): RecordingTrouble {
  const name = (error as { name?: string } | null)?.name;
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "NotReadableError" ? "missing" : "unknown";
}

/** From many measurements to the bars that are drawn: of each part the loudest. */
export function barsOf(measured: readonly number[], count = BARS): number[] {
  const bars = Math.min(count, measured.length);
  return Array.from({ length: bars }, (_, at) => {
    const part = measured.slice(Math.floor((at * measured.length) / bars), Math.max(Math.floor(((at + 1) * measured.length) / bars), 1));
    return Math.max(0, ...part);
  });
}

/** One recording, from the permission to its end. */
export class VoiceRecorder {
  private readonly chunks: Blob[] = [];
  private readonly measured: number[] = [];
  private readonly startedAt = performance.now();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly stopped: Promise<void>;

  private constructor(
    private readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
    private readonly audio: AudioContext,
    onMeasure: (elapsedMs: number, level: number) => void,
  ) {
    const analyser = audio.createAnalyser();
    analyser.fftSize = 2048;
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.stopped = new Promise((resolve) => {
      recorder.onstop = () => resolve();
    });
    recorder.ondataavailable = ({ data }) => this.chunks.push(data);
    recorder.start();
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, it) => sum + it * it, 0) / samples.length);
      // Speech lies far below the loudest: the root lifts it to where it is seen.
      const level = Math.min(100, Math.round(Math.sqrt(loudness) * 160));
      this.measured.push(level);
      onMeasure(this.elapsedMs, level);
      if (this.elapsedMs >= LONGEST_MS && recorder.state === "recording") recorder.stop();
    }, MEASURE_MS);
  }

  /** Asks for the microphone and begins. Throws RecordingFailed. */
  static async start(onMeasure: (elapsedMs: number, level: number) => void): Promise<VoiceRecorder> {
    // What plays would be recorded, too.
    VoicePlayer.rest();
    if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") throw new RecordingFailed("insecure");
    let stream: MediaStream | undefined;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      const mimeType = TYPES.find((it) => MediaRecorder.isTypeSupported(it));
      const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
      return new VoiceRecorder(stream, recorder, new AudioContext(), onMeasure);
    } catch (error) {
      // The microphone was given, and something else was not to be had: it must not stay open.
      for (const track of stream?.getTracks() ?? []) track.stop();
      throw new RecordingFailed(troubleOf(error));
    }
  }

  get elapsedMs(): number {
    return Math.min(LONGEST_MS, performance.now() - this.startedAt);
  }

  /** Ends it; null for what is too short to have been meant. */
  async finish(): Promise<Recorded | null> {
    const durationMs = Math.round(this.elapsedMs);
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.stopped;
    this.release();
    const blob = new Blob(this.chunks, { type: this.recorder.mimeType.replace(/;.*/, "") });
    return durationMs < SHORTEST_MS || blob.size === 0 ? null : { blob, durationMs, levels: barsOf(this.measured) };
  }

  cancel(): void {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.release();
  }

  /** The browser's sign that it listens must go out at once. */
  private release(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    if (this.audio.state !== "closed") void this.audio.close();
  }
}

export interface Playing {
  isPlaying: boolean;
  atMs: number;
  rate: number;
  hasFailed: boolean;
}

export const RATES = [1, 1.5, 2];
const AT_REST: Playing = { isPlaying: false, atMs: 0, rate: 1, hasFailed: false };

/** One voice message being heard. Of all in the page one plays at a time; the speed is the same for all. */
export class VoicePlayer {
  private static current: VoicePlayer | null = null;
  private static rate = 1;
  private static readonly players = new Map<string, VoicePlayer>();
  /** What follows when it was heard to its end; once. */
  next: (() => void) | null = null;
  private audio: HTMLAudioElement | null = null;
  private frame = 0;
  private state: Playing = { ...AT_REST, rate: VoicePlayer.rate };
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly src: string,
    readonly durationMs: number,
  ) {}

  /** The same one for the same sound: what is scrolled out of sight goes on. */
  static of(src: string, durationMs: number): VoicePlayer {
    const player = VoicePlayer.players.get(src) ?? new VoicePlayer(src, durationMs);
    VoicePlayer.players.set(src, player);
    return player;
  }

  static rest(): void {
    VoicePlayer.current?.pause();
  }

  /** Nobody looks at what plays any more. */
  static hush(): void {
    VoicePlayer.rest();
    VoicePlayer.players.clear();
  }

  readonly getState = (): Playing => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  toggle(): void {
    if (this.state.isPlaying) return this.pause();
    if (VoicePlayer.current !== this) VoicePlayer.current?.pause();
    VoicePlayer.current = this;
    const audio = this.open();
    if (audio.error) audio.load();
    audio.playbackRate = VoicePlayer.rate;
    this.set({ isPlaying: true, rate: VoicePlayer.rate, hasFailed: false });
    audio.play().then(
      () => this.follow(),
      // Pausing at once is no failure.
      (error: unknown) => this.set({ isPlaying: false, hasFailed: (error as { name?: string } | null)?.name !== "AbortError" }),
    );
  }

  pause(): void {
    cancelAnimationFrame(this.frame);
    this.audio?.pause();
    if (this.state.isPlaying) this.set({ isPlaying: false });
  }

  seek(atMs: number): void {
    const wanted = Math.max(0, Math.min(this.durationMs, atMs));
    this.open().currentTime = wanted / 1000;
    this.set({ atMs: wanted });
  }

  /** The next speed. */
  hasten(): void {
    VoicePlayer.rate = RATES[(RATES.indexOf(VoicePlayer.rate) + 1) % RATES.length]!;
    if (this.audio) this.audio.playbackRate = VoicePlayer.rate;
    this.set({ rate: VoicePlayer.rate });
  }

  private open(): HTMLAudioElement {
    if (this.audio) return this.audio;
    const audio = new Audio();
    audio.preload = "auto";
    audio.src = this.src;
    audio.onended = () => {
      cancelAnimationFrame(this.frame);
      audio.currentTime = 0;
      this.set({ isPlaying: false, atMs: 0 });
      const { next } = this;
      this.next = null;
      next?.();
    };
    // The system may pause it, and a line may break in the middle.
    const rest = (hasFailed: boolean) => {
      cancelAnimationFrame(this.frame);
      if (this.state.isPlaying) this.set({ isPlaying: false, hasFailed });
    };
    audio.onpause = () => rest(false);
    audio.onerror = () => rest(true);
    this.audio = audio;
    return audio;
  }

  private follow(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      if (!this.state.isPlaying) return;
      this.set({ atMs: Math.min(this.durationMs, this.audio!.currentTime * 1000) });
      this.follow();
    });
  }

  private set(change: Partial<Playing>): void {
    this.state = { ...this.state, ...change };
    for (const listener of [...this.listeners]) listener();
  }
}

/** 12″, 1′05″. */
export function spokenLength(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds}″` : `${Math.floor(seconds / 60)}′${String(seconds % 60).padStart(2, "0")}″`;
}
