/** Our Mantine theme: quiet surfaces, one accent, colours of state kept for states. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const bench: MantineColorsTuple = [
  '#eef3ff',
  '#dbe5fb',
  '#b5c8f2',
  '#8ca9ea',
  '#688ee2',
  '#4d79dc',
  '#2f5fc9',
  '#2750ad',
  '#1f4290',
  '#173473',
];
/** Blue-black surfaces for the dark theme. */
const dark: MantineColorsTuple = [
  '#dfe6f0',
  '#bcc7d6',
  '#9aa8bb',
  '#74839a',
  '#46556b',
  '#313e52',
  '#222d3e',
  '#182231',
  '#101826',
  '#0a101a',
];

/** For what cannot be taken back. */
const red: MantineColorsTuple = [
  '#fdeaec',
  '#f9d0d4',
  '#f2a3ab',
  '#ff8a92',
  '#ff8a92',
  '#c93340',
  '#bb1f2f',
  '#a01827',
  '#85121f',
  '#6b0d18',
];
/** For what is virtual. */
const violet: MantineColorsTuple = [
  '#f5effd',
  '#e6d8fa',
  '#cfabff',
  '#b98cf5',
  '#a070e3',
  '#7a3fc4',
  '#6b2fb3',
  '#5a2598',
  '#4a1d7e',
  '#3a1665',
];

/** Japanese faces after the Latin ones; no font is fetched. */
const text =
  '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic UI", Meiryo, "Noto Sans CJK JP", "Noto Sans JP", system-ui, sans-serif';
const fixedWidth = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace';

export const theme = createTheme({
  colors: { bench, dark, red, violet },
  primaryColor: 'bench',
  primaryShade: 6,
  fontFamily: text,
  fontFamilyMonospace: fixedWidth,
  headings: { fontFamily: text, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});
