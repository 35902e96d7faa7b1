/** Shapes of states: each tells its state without colour and without words. */
import type { ReactNode } from 'react';
import type { Group } from '../board/groups.js';

const shapes: Readonly<Record<Group, ReactNode>> = {
  ready: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path
        d="M4.6 8.3l2.3 2.3 4.5-4.8"
        fill="none"
        stroke="var(--mark-ink)"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  working: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 3.8a4.2 4.2 0 0 1 0 8.4z" fill="currentColor" />
    </>
  ),
  hand: (
    <>
      <path d="M8 1.2 15.2 14H.8z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      <path d="M8 5.6v4" stroke="var(--mark-ink)" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="8" cy="12" r="1.05" fill="var(--mark-ink)" />
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" stroke="var(--mark-ink)" strokeWidth="1.9" strokeLinecap="round" />
    </>
  ),
  expected: <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.4 2.4" />,
  unlisted: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M3.8 12.2l8.4-8.4" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
};

export function GroupMark({ group, size = 16 }: { readonly group: Group; readonly size?: number }): ReactNode {
  return (
    <svg className={`mark state-${group}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {shapes[group]}
    </svg>
  );
}

/** The mark of a check or a problem, in the same shapes. */
export const markOfCheck = { ok: 'ready', warn: 'hand', stop: 'failed' } as const satisfies Record<string, Group>;
export const markOfSeverity = { error: 'failed', warning: 'hand' } as const satisfies Record<string, Group>;
