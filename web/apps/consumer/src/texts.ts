/** Every text of the page, in each language. A test fails on one that is missing. */
const zh = {
  pageTitle: "与{name}对话",
  loading: "正在打开",
  titleAtCompany: "{title} · {company}",
  peerTyping: "对方正在输入…",
  startHere: "在下面写一句话，{name}就会收到。",
  startFree: "不用下载，不用注册。",
  messages: "对话",
  composer: "写消息",
  message: "输入消息",
  send: "发送",
  sendPicture: "发送图片",
  sending: "发送中",
  sent: "已发送",
  read: "已读",
  waitingForNetwork: "等待网络",
  notSent: "未发送，点按重试",
  retry: "重试：{text}",
  discard: "删除",
  tooLong: "太长了，请分成几条发送。",
  picture: "图片",
  pictureUnsendable: "这张图片发不了，请换一张。",
  viewPicture: "查看图片",
  uploading: "已上传 {percent}%",
  originalPicture: "下载原图",
  file: "文件",
  downloadFile: "下载文件 {name}，{size}",
  older: "更早的消息",
  loadingOlder: "正在取更早的消息",
  newMessages: "有新消息",
  you: "您",
  takenOver: "现在由{name}为您服务",
  offline: "网络不太好，消息会在恢复后自动发出",
  cannotReach: "暂时连不上，正在重试",
  ended: "这段对话已在别处继续，或登录已到期。",
  startAgain: "重新打开",
  missingTitle: "没有找到这个链接",
  missingBody: "链接可能抄错了，或已经停用。请向给您链接的人再要一个。",
  today: "今天",
  yesterday: "昨天",
  more: "更多",
  close: "关闭",
  guestName: "访客{code}",
  nameQuestion: "怎么称呼您？",
  nameHint: "告诉{name}怎么称呼您，也可以不填。",
  name: "您的称呼",
  save: "保存",
  notNow: "暂不",
  failedTryAgain: "没有成功，请再试一次。",
  changePhone: "换手机继续",
  changePhoneBody: "在新手机上打开下面的链接，这段对话就会回来。",
  keepPrivate: "请只留给自己：拿到链接的人能看到这段对话。",
  linkReplaces: "链接在 {date} 前有效；再取一次，旧链接就失效。",
  recoveryLink: "恢复链接",
  makingLink: "正在生成链接",
  copy: "复制链接",
  copied: "已复制",
  recoverTitle: "继续与{name}的对话",
  recoverBody: "您之前的对话会回到这台设备上。",
  continueTalk: "继续对话",
  recoveryMissingTitle: "这个链接已失效",
  recoveryMissingBody: "它已过期，或已有新的恢复链接。请在原来的手机上再取一个。",
};

export type TextName = keyof typeof zh;

const en: Record<TextName, string> = {
  pageTitle: "Talk to {name}",
  loading: "Opening",
  titleAtCompany: "{title} · {company}",
  peerTyping: "Typing…",
  startHere: "Write below and {name} will have it at once.",
  startFree: "Nothing to download, nowhere to register.",
  messages: "Conversation",
  composer: "Write a message",
  message: "Message",
  send: "Send",
  sendPicture: "Send a picture",
  sending: "Sending",
  sent: "Sent",
  read: "Read",
  waitingForNetwork: "Waiting for the network",
  notSent: "Not sent. Tap to try again",
  retry: "Try again: {text}",
  discard: "Delete",
  tooLong: "Too long. Please send it in parts.",
  picture: "Picture",
  pictureUnsendable: "This picture cannot be sent. Please choose another.",
  viewPicture: "View picture",
  uploading: "{percent}% uploaded",
  originalPicture: "Download original",
  file: "File",
  downloadFile: "Download file {name}, {size}",
  older: "Earlier messages",
  loadingOlder: "Fetching earlier messages",
  newMessages: "New messages",
  you: "You",
  takenOver: "{name} is looking after you now",
  offline: "The network is weak. Messages will go out once it is back",
  cannotReach: "Cannot connect at the moment. Trying again",
  ended: "This conversation goes on elsewhere, or your sign-in has expired.",
  startAgain: "Open again",
  missingTitle: "This link was not found",
  missingBody: "It may be mistyped or no longer in use. Please ask whoever gave it to you for another.",
  today: "Today",
  yesterday: "Yesterday",
  more: "More",
  close: "Close",
  guestName: "Visitor {code}",
  nameQuestion: "What may we call you?",
  nameHint: "Tell {name} what to call you. You need not.",
  name: "Your name",
  save: "Save",
  notNow: "Not now",
  failedTryAgain: "That did not work. Please try again.",
  changePhone: "Continue on another phone",
  changePhoneBody: "Open this link on the other phone and the conversation is there.",
  keepPrivate: "Keep it to yourself: whoever has the link can read this conversation.",
  linkReplaces: "The link works until {date}. Making another ends this one.",
  recoveryLink: "Recovery link",
  makingLink: "Making the link",
  copy: "Copy link",
  copied: "Copied",
  recoverTitle: "Continue with {name}",
  recoverBody: "Your conversation comes back on this device.",
  continueTalk: "Continue",
  recoveryMissingTitle: "This link no longer works",
  recoveryMissingBody: "It has expired, or a newer one was made. Please make another on your earlier phone.",
};

export const texts = { "zh-CN": zh, en };
export type Language = keyof typeof texts;

export function languageOf(wanted: readonly string[]): Language {
  const [first] = wanted;
  return !first || /^zh\b/i.test(first) ? "zh-CN" : "en";
}

export const language: Language = languageOf(globalThis.navigator?.languages ?? []);

/** The text with its {places} filled. */
export function t(name: TextName, places: Record<string, string | number> = {}): string {
  return texts[language][name].replace(/\{(\w+)\}/g, (_, place: string) => String(places[place] ?? ""));
}

/** Whether this is what the server calls a customer until they say their name, in whichever language that was. */
export function isGuestName(name: string): boolean {
  return Object.values(texts).some(({ guestName }) => {
    const [before, after] = guestName.split("{code}") as [string, string];
    return name.startsWith(before) && name.endsWith(after) && name.length === guestName.length - "{code}".length + 4;
  });
}
