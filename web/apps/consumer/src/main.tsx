import "@hutong/ui/tokens.css";
import "./style.css";

import { render } from "preact";

import { RecoveryPage } from "./components/RecoveryPage";
import { TalkPage } from "./components/TalkPage";
import { Talk } from "./talk";
import { language } from "./texts";
import { followKeyboard } from "./viewport";

document.documentElement.lang = language;
followKeyboard();

function blanksIn(element: Element): ChildNode[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const blanks: ChildNode[] = [];
  while (walker.nextNode()) if (!walker.currentNode.textContent?.trim()) blanks.push(walker.currentNode as Text);
  return blanks;
}

const [, page, token = ""] = location.pathname.split("/").map(decodeURIComponent);
const root = document.getElementById("app")!;

if (page === "r") {
  root.textContent = "";
  render(<RecoveryPage secret={token} />, root);
} else {
  // Over the page that stands there: the field keeps what was written, the focus, and a word half typed. It must not be moved
  // for that, so the blanks between the elements go first: the renderer would put every element before them.
  for (const blank of blanksIn(root)) blank.remove();
  const talk = new Talk(token);
  void talk.open();
  render(<TalkPage talk={talk} />, root);
}
