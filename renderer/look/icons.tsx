/** Line icons of the window, drawn on 24 units. Each stands beside a word. */
import type { ReactNode } from 'react';

const paths = {
  start: 'M4 11.5 12 4l8 7.5M6 10v9.5h4.5V14h3v5.5H18V10',
  draft: 'M6 3.5h8l4 4v13H6zM13.5 3.5v4.5H18M12 11.5v6M9 14.5h6',
  board: 'M3.5 5h17v14h-17zM3.5 10h17M9 10v9',
  history: 'M12 7.5V12l3 2M4.2 8.8A8.5 8.5 0 1 1 3.5 12M3.5 5v4h4',
  parameters: 'M9.5 4v16M15 4v16M4.5 9h15M4.5 15h15',
  doctor: 'M6 3.5v5a4 4 0 0 0 8 0v-5M10 12.5V15a4.5 4.5 0 0 0 9 0v-1.5M19 13.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4',
  about: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5M12 7.6v.1',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.3 15.3 20 20',
  upload: 'M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 15v4.5h15V15',
  download: 'M12 4.5v11M7.5 11l4.5 4.5 4.5-4.5M4.5 16v3.5h15V16',
  stop: 'M6.5 6.5h11v11h-11z',
  play: 'M8 5.5v13l10.5-6.5z',
  phone: 'M5 4h6v16H5zM13.5 4H19v16h-5.5M7 16.5h2M15.5 8h1.5M15.5 11.5h1.5M15.5 15h1.5',
  eye: 'M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4.5H15',
  bell: 'M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  up: 'M12 19V5.5M6.5 11 12 5.5l5.5 5.5',
  down: 'M12 5v13.5M6.5 13l5.5 5.5 5.5-5.5',
  copy: 'M8.5 8.5h11v11h-11zM5 15.5V4.5h11',
  done: 'M5 12.5l4.5 4.5L19 7.5',
  closer: 'M6 9.5l6 6 6-6',
  less: 'M6 14.5l6-6 6 6',
  addresses: 'M5 4.5h14v15H5zM8.5 9h7M8.5 12.5h7M8.5 16h4',
  lines: 'M4 6.5h16M4 10.5h11M4 14.5h14M4 18.5h8',
  own: 'M4 16.5h16v3H4zM7 16.5V12M12 16.5V8M17 16.5V12M12 5.2v.1',
  site: 'M9.5 4h5v4.5h-5zM4 15.5h5V20H4zM15 15.5h5V20h-5zM12 8.5V12M6.5 15.5V12h11v3.5',
  unplugged: 'M4 4l16 16M9 3.5v4M15 3.5v4M7 9.5h10v2a5 5 0 0 1-1.4 3.5M9.5 15A5 5 0 0 1 7 11M12 16.5v4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** The mark of the product: phones rising on a bench, one of them proven. */
export function Logo({ size = 32 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#2a4178" />
      <path d="M6 23h20M10 18v-5M16 18V7M22 18v-8" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="25" cy="8" r="3.4" fill="#4cc38a" />
    </svg>
  );
}
