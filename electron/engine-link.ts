/** What main and the engine's process say to each other over `postMessage` (structured clone). Both ends are of one build. */
import type { Answer, CallName, Event } from '../engine/contract/calls.js';

/** What the engine needs to open; the key travels here and never in arguments or the environment. */
export type OpenOptions = { readonly dataFolder: string; readonly installationKey: Uint8Array; readonly version: string };

export type ToEngine =
  | { readonly kind: 'open'; readonly options: OpenOptions }
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly input: unknown }
  | { readonly kind: 'phones-ended'; readonly id: number }
  /** Close everything and exit with 0. */
  | { readonly kind: 'close' };

export type FromEngine =
  | { readonly kind: 'opened' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'event'; readonly event: Event }
  /** The engine may not start processes in the desktop app; main does it on its behalf. */
  | { readonly kind: 'start-phones'; readonly id: number; readonly args: readonly string[] }
  | { readonly kind: 'stop-phones'; readonly id: number };
