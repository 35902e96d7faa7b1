/** Where the window gets its bench: from the desktop's preload, or, in a browser, over HTTP. */
import type { BenchApi } from '../../engine/contract/calls.js';
import { browserBench } from './browser-bench.js';

/** What is heard of the connection itself; the desktop's never breaks. */
export type LinkNews = 'lost' | 'back' | 'ended';

export type Link = {
  readonly bench: BenchApi;
  readonly onLink: (listener: (news: LinkNews) => void) => () => void;
};

export function openLink(): Link {
  const { bench } = globalThis as { readonly bench?: BenchApi };
  return bench === undefined ? browserBench() : { bench, onLink: () => () => undefined };
}
