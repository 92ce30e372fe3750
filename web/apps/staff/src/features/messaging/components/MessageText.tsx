import { useNavigate } from "@tanstack/react-router";
import type { Mentions } from "@hutong/realtime";
import { blocksOf, type Span } from "@hutong/ui/words";
import { useMemo, type MouseEvent } from "react";

import { useInbox } from "../hooks/useMessenger";
import { calledParts } from "../state/mentions";
import { CodeBlock } from "./CodeBlock";
import classes from "./MessageText.module.css";

interface MessageTextProps {
  text: string;
  mentions: Mentions | null;
  /** What holds the words; without one, a bubble's. */
  className?: string;
}

/** The words of a message as text nodes, links and marks, never as HTML. */
export function MessageText({ text, mentions, className = classes.text }: MessageTextProps) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div className={className}>
      {blocks.map((block, at) => {
        if (block.type === "code") return <CodeBlock key={at} language={block.language} text={block.text} />;
        const words = block.spans.map((span, place) => <Words key={place} span={span} mentions={mentions} />);
        return block.type === "quote" ? (
          <blockquote key={at} className={classes.quote}>
            {words}
          </blockquote>
        ) : (
          <div key={at}>{words}</div>
        );
      })}
    </div>
  );
}

function Words({ span, mentions }: { span: Span; mentions: Mentions | null }) {
  if (span.isCode) return <code className={classes.code}>{span.text}</code>;
  const said = span.href ? <MessageLink href={span.href} text={span.text} /> : mentions ? <Called text={span.text} mentions={mentions} /> : span.text;
  const struck = span.isStruck ? <s>{said}</s> : said;
  return span.isStrong ? <strong>{struck}</strong> : struck;
}

function Called({ text, mentions }: { text: string; mentions: Mentions }) {
  const personId = useInbox((state) => state.personId);
  return calledParts(text, mentions, personId).map((part, at) =>
    part.calls ? (
      <span key={at} className={classes.called} data-me={part.calls === "me" || undefined}>
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}

function MessageLink({ href, text }: { href: string; text: string }) {
  const navigate = useNavigate();
  const url = new URL(href);
  const own = url.origin === location.origin ? /^\/chats\/(\d+)(?:\/(\d+))?$/.exec(url.pathname) : null;
  // A link to a message of ours opens here: nobody wants a second messenger beside the first.
  const openHere = (event: MouseEvent) => {
    if (!own || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const [, conversationId = "", seq] = own;
    if (seq) void navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq } });
    else void navigate({ to: "/chats/$conversationId", params: { conversationId } });
  };
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" onClick={openHere}>
      {text}
    </a>
  );
}
