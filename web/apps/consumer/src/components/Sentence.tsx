import type { ComponentChildren } from "preact";

/** A page that has only something to say, and perhaps one thing to do. */
export function Sentence({ title, body, children }: { title: string; body: string; children?: ComponentChildren }) {
  return (
    <main class="sentence">
      <h1>{title}</h1>
      <p>{body}</p>
      {children}
    </main>
  );
}
