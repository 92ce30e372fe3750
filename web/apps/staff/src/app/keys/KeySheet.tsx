import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";

import { Keycaps } from "./Keycaps";
import classes from "./Keys.module.css";
import type { KeyName } from "./keyNames";

/** Every key of the app on one sheet. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const groups: { title: string; lines: { says: string; keys: readonly KeyName[] }[] }[] = [
    {
      title: t`到处都能用`,
      lines: [
        { says: t`快速跳转到会话、同事或页面`, keys: ["switcher"] },
        { says: t`搜索消息`, keys: ["search"] },
        { says: t`打开这张快捷键表`, keys: ["help", "helpAnywhere"] },
      ],
    },
    {
      title: t`会话`,
      lines: [
        { says: t`下一个、上一个会话`, keys: ["nextChat", "previousChat"] },
        { says: t`下一个、上一个未读会话`, keys: ["nextUnread", "previousUnread"] },
        { says: t`群里的话题`, keys: ["topics"] },
        { says: t`看完了：回到最新、标为已读、开始输入`, keys: ["present"] },
        { says: t`定时发送写好的消息`, keys: ["sendLater"] },
      ],
    },
    {
      title: t`输入框为空时`,
      lines: [
        { says: t`编辑自己的上一条消息`, keys: ["editLast"] },
        { says: t`回复上一条消息，再按一次换更早的`, keys: ["answerLast"] },
      ],
    },
    {
      title: t`写消息时`,
      lines: [
        { says: t`发送（在代码块里也能用）`, keys: ["send"] },
        { says: t`粗体：**重要**`, keys: ["strong"] },
        { says: t`代码：\`x = 1\`，选中几行就是代码块`, keys: ["code"] },
      ],
    },
  ];
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`键盘快捷键`} size={480} closeButtonProps={{ "aria-label": t`关闭` }} transitionProps={{ duration: 0 }}>
      {groups.map(({ title, lines }) => (
        <section key={title} className={classes.group}>
          <h3>{title}</h3>
          <dl>
            {lines.map(({ says, keys }) => (
              <div key={says} className={classes.line}>
                <dt>{says}</dt>
                <dd>
                  {keys.map((name) => (
                    <Keycaps key={name} name={name} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
