/** What the service and the thread that carries its transfers say to each other. */
import type { Place } from '../../network/places.js';
import type { Ended, Order } from './mover.js';

export type ThreadData = {
  readonly place: Place;
  /** Sockets of the C library, where there are any. */
  readonly native: boolean;
  readonly tapped: boolean;
  /** One Int32: 1 while the thread waits for packets, so that a message needs the bell. */
  readonly waiting: SharedArrayBuffer;
};

export type ToThread = readonly (
  | { readonly kind: 'begin'; readonly order: Order & { readonly content: Uint8Array } }
  | { readonly kind: 'abandon'; readonly id: number; readonly because: 'reset' | 'error' }
  | { readonly kind: 'stop' }
)[];

export type FromThread =
  /** `bell`: a descriptor that ends a wait, -1 where none is needed. */
  | { readonly kind: 'ready'; readonly bell: number }
  /** It has no sockets, and ends. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'ended'; readonly id: number; readonly ended: Ended }
  | {
      readonly kind: 'packet';
      readonly id: number;
      readonly direction: 'in' | 'out';
      readonly localPort: number;
      readonly bytes: Uint8Array;
    };
