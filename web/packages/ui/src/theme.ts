import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const lane: MantineColorsTuple = [
  "#e8f4f8", "#d3e9f0", "#a6d3e1", "#7cc0d5", "#57adc7", "#2f93b1", "#0f7592", "#0b6b85", "#095a70", "#064253",
];

/** Mantine draws dark surfaces from this scale: ours, so that its menus and dialogs match the panes. */
const dark: MantineColorsTuple = [
  "#e4ebee", "#c3ced3", "#a3b3ba", "#788990", "#46545b", "#364147", "#222a2e", "#1a2124", "#151b1e", "#0f1416",
];

/** Deep enough for white letters where it fills, which Mantine's own red is not. */
const red: MantineColorsTuple = [
  "#fcebea", "#f8d7d4", "#f1aea9", "#e9857e", "#dd6058", "#d1443b", "#c5372e", "#b3261e", "#971f18", "#7a1812",
];

export const theme = createTheme({
  primaryColor: "lane",
  primaryShade: { light: 7, dark: 6 },
  colors: { lane, dark, red },
  fontFamily: "var(--ht-font)",
  fontFamilyMonospace: "var(--ht-font-mono)",
  headings: { fontFamily: "var(--ht-font)", fontWeight: "600" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: 8,
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Modal: {
      defaultProps: { centered: true, radius: 12, overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    },
    // Mantine's descriptions come out at 10 px: too small for Chinese.
    InputWrapper: { styles: { label: { marginBottom: 4 }, description: { fontSize: 12, lineHeight: 1.5, marginBottom: 4 }, error: { fontSize: 12.5 } } },
    Switch: { defaultProps: { withThumbIndicator: false }, styles: { description: { fontSize: 12.5 } } },
    // The placeholder is a child that the role "menu" does not allow.
    Menu: { defaultProps: { radius: 10, shadow: "md", withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 350, position: "right" } },
  },
});

const shared = {
  "--mantine-color-body": "var(--ht-main)",
  "--mantine-color-text": "var(--ht-text)",
  "--mantine-color-dimmed": "var(--ht-text-soft)",
  "--mantine-color-placeholder": "var(--ht-text-soft)",
  "--mantine-color-error": "var(--ht-danger)",
  "--mantine-color-anchor": "var(--ht-accent-text)",
  "--mantine-color-default": "var(--ht-raised)",
  "--mantine-color-default-hover": "var(--ht-hover)",
  "--mantine-color-default-color": "var(--ht-text)",
  "--mantine-color-default-border": "var(--ht-border-strong)",
  "--mantine-color-red-light": "var(--ht-danger-soft)",
  "--mantine-color-red-light-hover": "var(--ht-danger-soft)",
  "--mantine-color-red-light-color": "var(--ht-danger)",
  "--mantine-primary-color-filled": "var(--ht-accent)",
  "--mantine-primary-color-filled-hover": "var(--ht-accent-hover)",
  "--mantine-primary-color-light": "var(--ht-accent-soft)",
  "--mantine-primary-color-light-hover": "var(--ht-selected)",
  "--mantine-primary-color-light-color": "var(--ht-accent-text)",
  // Components that name the colour rather than "primary" read these.
  "--mantine-color-lane-filled": "var(--ht-accent)",
  "--mantine-color-lane-filled-hover": "var(--ht-accent-hover)",
  "--mantine-color-lane-light": "var(--ht-accent-soft)",
  "--mantine-color-lane-light-hover": "var(--ht-selected)",
  "--mantine-color-lane-light-color": "var(--ht-accent-text)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
