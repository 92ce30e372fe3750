import { useMantineColorScheme, type MantineColorScheme } from "@mantine/core";

/** Light, dark or as the system has it; kept on this device by Mantine. */
export function useThemeChoice(): { choice: MantineColorScheme; choose: (choice: MantineColorScheme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return { choice: colorScheme, choose: setColorScheme };
}
