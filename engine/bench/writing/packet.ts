/** What goes to a writing thread: files planned once for rows that are alike, and of each row the texts in which it differs. */
import type { Encryption } from '../../profiles/job.js';
import type { Stencil } from './stencil.js';

/** A file of every phone of a plan. */
export type FilePlan = {
  /** Its path below the folder, before and after the MAC; whole where it is shared and has none. */
  readonly name: readonly [string, string] | readonly [string];
  readonly start: Stencil;
  readonly end: string;
  /** Where it holds the marker of `start` and `end`: what stands between `start` and the marker, and behind it. */
  readonly mark?: readonly [string, string];
  readonly gzip: boolean;
  /** How it is encrypted under the key its phone leaves with; absent where it is not. */
  readonly how?: Encryption;
};

/** Rows as columns of one length, for that is cheaper to hand over; plain data. */
export type Packet = {
  /** Plans by number that are new to the thread; it keeps those from 0. */
  readonly plans: readonly (readonly [number, readonly FilePlan[]])[];
  /** Which plan each row has. */
  readonly planOf: readonly number[];
  readonly macs: readonly string[];
  /** The texts of each row, joined by `between`, and the rows by `betweenRows`: one long text is handed over like a short one. */
  readonly texts: string;
  /** The key its phone leaves with, in hexadecimal; empty without one. */
  readonly keys: readonly string[];
};

/** As `between` no text of a row has it. */
export const betweenRows = '\u0001';

/** What holds for everything a thread writes. */
export type Desk = { readonly folder: string; /** 32 bytes. */ readonly markerKey: Uint8Array };

export type Written = { readonly files: number } | { readonly reason: string };
