import { useLingui } from "@lingui/react/macro";
import { IconFile, IconId, IconLetterCase, IconMapPin, IconMessages, IconPhoto } from "@tabler/icons-react";

import type { FoundKind } from "../../api/search";
import { FilterChip } from "./FilterChip";
import classes from "./Search.module.css";

export function KindFilter({ value, onChange }: { value: FoundKind | null; onChange: (kind: FoundKind | null) => void }) {
  const { t } = useLingui();
  const kinds = [
    { kind: "text", label: t`文字`, Icon: IconLetterCase },
    { kind: "image", label: t`图片`, Icon: IconPhoto },
    { kind: "file", label: t`文件`, Icon: IconFile },
    { kind: "card", label: t`名片`, Icon: IconId },
    { kind: "location", label: t`位置`, Icon: IconMapPin },
    { kind: "merged", label: t({ message: "聊天记录", context: "forwarded" }), Icon: IconMessages },
  ] as const;
  return (
    <FilterChip label={t`类型`} value={kinds.find((it) => it.kind === value)?.label ?? null} onClear={() => onChange(null)}>
      {(close) => (
        <div className={classes.kinds} role="group" aria-label={t`类型`}>
          {kinds.map(({ kind, label, Icon }) => (
            <button
              key={kind}
              type="button"
              className={classes.choice}
              aria-pressed={kind === value}
              onClick={() => {
                onChange(kind);
                close();
              }}
            >
              <Icon size={18} stroke={1.7} aria-hidden />
              {label}
            </button>
          ))}
        </div>
      )}
    </FilterChip>
  );
}
