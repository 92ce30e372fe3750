/** Two soft notes, made when they are wanted: no file to load. */
const NOTES = [
  { hertz: 880, after: 0 },
  { hertz: 1318.5, after: 0.09 },
] as const;
const LOUDNESS = 0.12;
const FADE_SECONDS = 0.35;
/** What comes within this is one sound. */
const PAUSE_MS = 1_500;

let context: AudioContext | null = null;
let lastAt = -Infinity;

export function playSound(): void {
  const now = performance.now();
  if (now - lastAt < PAUSE_MS || typeof AudioContext === "undefined") return;
  lastAt = now;
  context ??= new AudioContext();
  const ready = context.state === "running" ? Promise.resolve() : context.resume();
  // Before the first touch the browser keeps a page silent, and this waits: a sound that is late by minutes says nothing.
  void ready.then(() => (performance.now() - now < PAUSE_MS ? ring(context!) : undefined));
}

function ring(audio: AudioContext): void {
  for (const { hertz, after } of NOTES) {
    const begins = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { type: "sine", frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, begins);
    volume.gain.linearRampToValueAtTime(LOUDNESS, begins + 0.012);
    volume.gain.exponentialRampToValueAtTime(0.0001, begins + FADE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + FADE_SECONDS);
  }
}
