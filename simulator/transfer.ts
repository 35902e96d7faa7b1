/** What became of fetching one file. */

export type Failure =
  | 'not-found'
  | 'unreachable'
  | 'timed-out'
  | 'refused'
  | 'unauthorized'
  | 'server-error'
  | 'redirected-too-often'
  | 'malformed'
  | 'too-large'
  /** The phone broke it off half-way itself. */
  | 'broken-off';

/** `coding`: the content coding an HTTP server named. */
export type Fetched =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly coding?: string }
  | { readonly ok: false; readonly because: Failure };

/** More than any profile holds. Bytes. */
export const largestFile = 4 * 1024 * 1024;

/** What a phone writes into `$ERR`; its real words are not documented. */
export const errorTexts: Readonly<Record<Failure | 'corrupt' | 'locked' | 'unsupported-rule', string>> = {
  'not-found': 'File Not Found',
  unreachable: 'Cannot connect to server',
  'timed-out': 'Timeout',
  refused: 'Download refused',
  unauthorized: 'Authentication failed',
  'server-error': 'Server error',
  'redirected-too-often': 'Too many redirections',
  malformed: 'Bad response',
  'too-large': 'File too large',
  'broken-off': 'Connection reset',
  corrupt: 'Corrupt file',
  locked: 'Decryption failed',
  'unsupported-rule': 'Invalid rule',
};

export function failed(because: Failure): Fetched {
  return { ok: false, because };
}
