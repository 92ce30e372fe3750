import type { Id } from "@hutong/realtime";

import { fileUrl, thumbnailUrl } from "../api/messaging";
import { useHearing } from "../hooks/useHearing";
import { useMessenger } from "../hooks/useMessenger";
import type { Bubble } from "../state/rows";
import { CardBody } from "./CardBody";
import { LocationBody } from "./LocationBody";
import { MergedBody } from "./MergedBody";
import { MessageFile } from "./MessageFile";
import { MessageImage } from "./MessageImage";
import { MessageVideo } from "./MessageVideo";
import { MessageText } from "./MessageText";
import { PreviewCard } from "./previews/PreviewCard";
import { QuoteBlock } from "./QuoteBlock";
import { UploadProgress, useUploadLines } from "./UploadProgress";
import { VoiceBody } from "./VoiceBody";

interface MessageBodyProps {
  conversationId: Id;
  bubble: Bubble;
  onOpenImage: (key: string) => void;
}

export function MessageBody({ conversationId, bubble, onOpenImage }: MessageBodyProps) {
  const messenger = useMessenger();
  const linesOf = useUploadLines();
  const hearing = useHearing(conversationId, bubble.voice && !bubble.isOwn ? bubble.seq : null);
  const { file, upload, seq, key } = bubble;
  const quote = bubble.replyTo ? <QuoteBlock conversationId={conversationId} quote={bubble.replyTo} /> : null;
  if (bubble.merged) return <MergedBody conversationId={conversationId} merged={bubble.merged} />;
  if (bubble.location) return <LocationBody location={bubble.location} />;
  if (bubble.card) return <CardBody card={bubble.card} />;
  if (bubble.kind === "text" || !file) {
    return (
      <>
        {quote}
        <MessageText text={bubble.text} mentions={bubble.mentions} />
        {bubble.preview && bubble.seq !== null ? <PreviewCard conversationId={conversationId} seq={bubble.seq} preview={bubble.preview} isOwn={bubble.isOwn} /> : null}
      </>
    );
  }
  // The server shows a file to the conversation once a message has put it there.
  const isThere = seq !== null;
  const progress = upload ? <UploadProgress upload={upload} /> : null;
  const local = upload?.preview ?? messenger.previewOf(bubble.clientId);
  if (bubble.voice) return <VoiceBody src={local ?? (isThere ? fileUrl(conversationId, file.id) : null)} voice={bubble.voice} hearing={hearing} />;
  if (bubble.kind === "image") {
    const src = local ?? (isThere ? thumbnailUrl(conversationId, file.id) : null);
    return (
      <>
        <MessageImage file={file} src={src} onOpen={isThere ? () => onOpenImage(key) : null} />
        {progress}
      </>
    );
  }
  const open = isThere && file.shown_as ? () => onOpenImage(key) : undefined;
  if (open && file.shown_as === "video") return <MessageVideo file={file} src={fileUrl(conversationId, file.id)} onOpen={open} />;
  return (
    <>
      <MessageFile file={file} href={isThere ? fileUrl(conversationId, file.id) : null} onOpen={open} lines={upload ? linesOf(upload) : undefined} />
      {progress}
    </>
  );
}
