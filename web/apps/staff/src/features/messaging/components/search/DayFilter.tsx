import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";

import { useLanguage } from "../../../../app/language";
import type { SearchFilters } from "../../api/search";
import { FilterChip } from "./FilterChip";
import classes from "./Search.module.css";

type Days = Pick<SearchFilters, "fromDay" | "toDay">;

export function DayFilter({ value, onChange }: { value: Days; onChange: (days: Days) => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const today = new Date();
  const spans = [
    { label: t`今天`, days: 0 },
    { label: t`最近 7 天`, days: 6 },
    { label: t`最近 30 天`, days: 29 },
    { label: t`最近一年`, days: 364 },
  ].map((it) => ({ ...it, fromDay: dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - it.days)) }));
  const isSpan = (fromDay: string) => value.toDay === null && value.fromDay === fromDay;
  const from = shortDay(value.fromDay, language);
  const to = shortDay(value.toDay, language);
  const spoken =
    spans.find((it) => isSpan(it.fromDay))?.label ??
    (from && to ? (from === to ? from : t`${from} 至 ${to}`) : from ? t`${from} 起` : to ? t`到 ${to}` : null);
  return (
    <FilterChip label={t`日期`} value={spoken} onClear={() => onChange({ fromDay: null, toDay: null })}>
      {(close) => (
        <div className={classes.days}>
          <div className={classes.spans} role="group" aria-label={t`日期`}>
            {spans.map(({ label, fromDay }) => (
              <button
                key={label}
                type="button"
                aria-pressed={isSpan(fromDay)}
                onClick={() => {
                  onChange({ fromDay, toDay: null });
                  close();
                }}
              >
                {label}
              </button>
            ))}
          </div>
          <TextInput
            type="date"
            label={t`从`}
            value={value.fromDay ?? ""}
            max={value.toDay ?? dayOf(today)}
            onChange={(event) => onChange({ ...value, fromDay: event.currentTarget.value || null })}
          />
          <TextInput
            type="date"
            label={t`到`}
            value={value.toDay ?? ""}
            min={value.fromDay ?? undefined}
            max={dayOf(today)}
            onChange={(event) => onChange({ ...value, toDay: event.currentTarget.value || null })}
          />
        </div>
      )}
    </FilterChip>
  );
}

/** As date fields write it, in the reader's own time zone. */
function dayOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function shortDay(day: string | null, language: string): string | null {
  if (day === null) return null;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const isThisYear = year === new Date().getFullYear();
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    year: isThisYear ? undefined : "numeric",
    month: language === "en" ? "short" : "numeric",
    day: "numeric",
  }).format(new Date(year, month - 1, date));
}
