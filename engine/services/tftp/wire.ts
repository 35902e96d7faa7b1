/** What carries the packets of transfers: a few sockets ("doors") shared by all of them, each with a port of the system's choice. */

export type Peer = {
  /** IPv4, as text and as a number. */
  readonly address: string;
  readonly number: number;
  readonly port: number;
};

/** Bytes to send from; `at` is where they lie in memory, for those who have to know (0: nobody asked). */
export type Stretch = { readonly bytes: Uint8Array; readonly at: number };

export interface Wire extends AsyncDisposable {
  /** Local port of each door. */
  readonly ports: readonly number[];
  stretch(bytes: Uint8Array): Stretch;
  /** Queues a DATA packet with the bytes `from` to `to`; a packet that can't be sent is a lost packet. */
  data(door: number, to: Peer, block: number, stretch: Stretch, from: number, end: number): void;
  /** Queues any other packet. */
  packet(door: number, to: Peer, bytes: Uint8Array): void;
  /** Lets what is queued leave. */
  flush(): void;
}

/** Called for each datagram; the bytes are the receiver's only during the call. */
export type Receive = (door: number, address: number, port: number, bytes: Uint8Array) => void;

/** Doors of a service: a client that asks again from the same port is sent through another, so that what is late is not taken for what is new. */
export const doorCount = 2;
