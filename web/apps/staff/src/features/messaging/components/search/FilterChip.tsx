import { useLingui } from "@lingui/react/macro";
import { Popover } from "@mantine/core";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import classes from "./Search.module.css";

interface FilterChipProps {
  /** What it narrows by. */
  label: string;
  /** To what; null: it does not. */
  value: string | null;
  onClear: () => void;
  children: (close: () => void) => ReactNode;
}

/** One way to narrow a search: closed it says to what, open it lets one choose. */
export function FilterChip({ label, value, onClear, children }: FilterChipProps) {
  const { t } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <span className={classes.chip} data-set={value !== null}>
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus shadow="md" radius={12} withinPortal>
        <Popover.Target>
          <button type="button" aria-label={value === null ? t`按${label}筛选` : t`${label}：${value}`} onClick={() => setIsOpen((it) => !it)}>
            <span className={classes.chipText}>{value ?? label}</span>
            {value === null ? <IconChevronDown size={14} stroke={1.8} aria-hidden /> : null}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={10} aria-label={t`按${label}筛选`}>
          {children(() => setIsOpen(false))}
        </Popover.Dropdown>
      </Popover>
      {value === null ? null : (
        <button type="button" aria-label={t`不再按${label}筛选`} onClick={onClear}>
          <IconX size={14} stroke={1.9} aria-hidden />
        </button>
      )}
    </span>
  );
}
