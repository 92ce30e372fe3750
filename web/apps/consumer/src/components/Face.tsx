import { faceColour, faceText } from "@hutong/ui/face";

/** Decoration beside a name that is written out. */
export function Face({ name, url, isLarge = false }: { name: string; url?: string | null; isLarge?: boolean }) {
  const size = isLarge ? "face large" : "face";
  if (url) return <img class={size} src={url} alt="" />;
  return (
    <span class={size} style={{ background: faceColour(name) }} aria-hidden="true">
      {faceText(name)}
    </span>
  );
}
