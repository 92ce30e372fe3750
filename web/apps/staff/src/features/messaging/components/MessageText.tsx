import { useNavigate } from "@tanstack/react-router";
import type { Mentions } from "@hutong/realtime";
import { useMemo, type MouseEvent } from "react";

import { useInbox } from "../hooks/useMessenger";
import { textParts } from "../state/links";
import { calledParts } from "../state/mentions";
import classes from "./Message.module.css";

/** The words of a message as text nodes and links, never as HTML. */
export function MessageText({ text, mentions, className = classes.text }: { text: string; mentions: Mentions | null; className?: string }) {
  const parts = useMemo(() => textParts(text), [text]);
  return (
    <div className={className}>
      {parts.map((part, at) =>
        part.href ? <MessageLink key={at} href={part.href} text={part.text} /> : mentions ? <Called key={at} text={part.text} mentions={mentions} /> : part.text,
      )}
    </div>
  );
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
