import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** A page that has only something to say, and perhaps one thing to do. */
export function Sentence({ title, body, children }: { title: string; body: string; children?: ComponentChildren }) {
  // With the heading, not a frame after it.
  useLayoutEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main class="sentence">
      <h1>{title}</h1>
      <p>{body}</p>
      {children}
    </main>
  );
}
