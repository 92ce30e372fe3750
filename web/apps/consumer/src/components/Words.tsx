import { blocksOf, type Span } from "@hutong/ui/words";

/** What was said, as text, links and marks: never as markup. */
export function Words({ text }: { text: string }) {
  return (
    <>
      {blocksOf(text).map((block) => {
        // Scrollable by keyboard, as every scrolling region must be.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        if (block.type === "code") return <pre tabIndex={0}>{block.text}</pre>;
        const words = block.spans.map((span) => <Piece span={span} />);
        return block.type === "quote" ? <blockquote>{words}</blockquote> : <div>{words}</div>;
      })}
    </>
  );
}

function Piece({ span: { text, href, isCode, isStrong, isStruck } }: { span: Span }) {
  if (isCode) return <code>{text}</code>;
  const said = href ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  ) : (
    text
  );
  const struck = isStruck ? <s>{said}</s> : said;
  return isStrong ? <b>{struck}</b> : <>{struck}</>;
}
