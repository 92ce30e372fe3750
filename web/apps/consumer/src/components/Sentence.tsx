import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

/** A page that has only something to say, and perhaps one thing to do. */
export function Sentence({ title, body, children }: { title: string; body: string; children?: ComponentChildren }) {
  useEffect(() => {
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
