/**
 * Moves many transfers over one wire: hears ACKs, sends what is due, and lets time be over.
 *
 * Fair: whoever has something to send stands in a ring and sends a few packets when it is his turn, so that transfers in windows do not
 * starve those in lock-step. One time is awaited for all of them, the earliest, instead of a timer for each packet.
 */
import type { Terms } from '../../protocols/tftp/options.js';
import { decode, encode, errorCode } from '../../protocols/tftp/packet.js';
import type { Content } from '../content.js';
import { Transfer } from './transfer.js';
import type { Peer, Stretch, Wire } from './wire.js';

export type Ended = {
  readonly because: 'delivered' | 'error' | 'timeout' | 'reset';
  /** Bytes the client has acknowledged; all of them when delivered. */
  readonly bytes: number;
  /** DATA packets acknowledged, packets sent again, and how long it took. */
  readonly blocks: number;
  readonly retransmits: number;
  readonly seconds: number;
};

export type Order = {
  /** The caller's own number for it. */
  readonly id: number;
  readonly client: Peer;
  readonly terms: Terms;
  /** At hand, or to be read from disk piece by piece. */
  readonly content: Uint8Array | Content;
};

/** What the caller hears. `packet` is told of what begins and ends a transfer and of what is sent again; the bytes are its only during the call. */
export type Hearer = {
  ended(id: number, ended: Ended): void;
  packet?(id: number, direction: 'in' | 'out', localPort: number, bytes: Uint8Array): void;
};

type Running = {
  readonly order: Order;
  readonly door: number;
  readonly key: number;
  readonly transfer: Transfer;
  readonly stretch: Stretch | undefined;
  readonly startedAt: number;
  inRing: boolean;
  loading: boolean;
  over: boolean;
  shownAgain: number;
};

/** Packets sent in one turn of the ring. */
const turn = 16;
/** Of a transfer that is in trouble, so many repeated packets are shown. */
const mostShownAgain = 50;
/** A client that has ended may still send what it thinks was lost: it is left alone for so long, in milliseconds. */
const lingerMs = 5_000;

export class Mover {
  readonly #wire: Wire;
  readonly #hearer: Hearer;
  readonly #now: () => number;
  readonly #doors: Map<number, Running>[];
  readonly #byId = new Map<number, Running>();
  #ring: Running[] = [];
  /** Clients that ended a while ago, and before that, with the door they used. */
  #gone: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  #goneSince = 0;
  #nextDoor = 0;
  /** Not later than the earliest deadline. */
  #wakeAt = Infinity;

  constructor(wire: Wire, hearer: Hearer, now: () => number) {
    this.#wire = wire;
    this.#hearer = hearer;
    this.#now = now;
    this.#doors = wire.ports.map(() => new Map());
  }

  /** Transfers under way. */
  get size(): number {
    return this.#byId.size;
  }

  /** When `tick` has something to do, in milliseconds of the clock; infinite while nothing runs. */
  get wakeAt(): number {
    return this.#wakeAt;
  }

  /** Something could be sent now. */
  get isDue(): boolean {
    return this.#ring.length > 0;
  }

  begin(order: Order): void {
    const { client, terms, content } = order;
    const key = keyOf(client.number, client.port);
    const door = this.#doorFor(key);
    const doors = this.#doors[door];
    if (doors === undefined) return;
    for (const each of this.#doors) {
      const before = each.get(key);
      if (before) this.#end(before, 'reset'); // a client has one transfer at a port of its own
    }
    const now = this.#now();
    const atHand = content instanceof Uint8Array;
    const running: Running = {
      order,
      door,
      key,
      transfer: new Transfer(terms, atHand ? content.length : content.size, now),
      stretch: atHand ? this.#wire.stretch(content) : undefined,
      startedAt: now,
      inRing: false,
      loading: false,
      over: false,
      shownAgain: 0,
    };
    doors.set(key, running);
    this.#byId.set(order.id, running);
    this.#enter(running);
  }

  /** Ends a transfer from outside: `reset` for a client that has begun anew, `error` when the service closes. */
  abandon(id: number, because: 'reset' | 'error'): void {
    const running = this.#byId.get(id);
    if (running) this.#end(running, because);
  }

  /** One datagram that came through a door. Never throws. */
  receive(door: number, address: number, port: number, bytes: Uint8Array): void {
    if (port === 0) return; // nothing can be sent to port 0
    const running = this.#doors[door]?.get(keyOf(address, port));
    if (running === undefined) return this.#stranger(door, address, port, bytes);
    if (bytes.length < 4 || bytes[0] !== 0) return;
    if (bytes[1] === 4) this.#acked(running, ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0), bytes);
    else if (bytes[1] === 5) {
      this.#show(running, 'in', bytes);
      this.#end(running, 'error');
    }
  }

  #acked(running: Running, block: number, bytes: Uint8Array): void {
    const { transfer } = running;
    const first = transfer.blocks === 0;
    const heard = transfer.ack(block, this.#now());
    if (heard === 'ignored') return;
    if (first || heard === 'delivered') this.#show(running, 'in', bytes);
    if (heard === 'delivered') this.#end(running, 'delivered');
    else this.#enter(running);
  }

  /** Sends what is due, up to about `most` packets; true when there is more. */
  work(most = Infinity): boolean {
    const now = this.#now();
    let [left, at] = [most, 0];
    for (; at < this.#ring.length && left > 0; at++) {
      const running = this.#ring[at];
      if (running === undefined) continue;
      running.inRing = false;
      if (running.over || running.loading) continue;
      left -= this.#serve(running, now);
    }
    this.#ring = at >= this.#ring.length ? [] : this.#ring.slice(at);
    this.#wire.flush();
    return this.#ring.length > 0;
  }

  /** Looks whose time is over. */
  tick(): void {
    const now = this.#now();
    if (now < this.#wakeAt) return;
    this.#wakeAt = Infinity;
    this.#forget(now);
    for (const running of this.#byId.values()) {
      if (running.inRing || running.loading) continue;
      if (running.transfer.deadline <= now) {
        if (running.transfer.expire(now) === 'timeout') this.#end(running, 'timeout');
        else this.#enter(running);
      } else this.#wakeAt = Math.min(this.#wakeAt, running.transfer.deadline);
    }
  }

  #serve(running: Running, now: number): number {
    const { transfer } = running;
    let sent = 0;
    for (; sent < turn; sent++) {
      const block = transfer.due;
      if (block === -1 || !this.#send(running, block, now)) break;
    }
    if (running.over || running.loading) return sent;
    if (transfer.due === -1) this.#wakeAt = Math.min(this.#wakeAt, transfer.deadline);
    else this.#enter(running);
    return sent;
  }

  /** False where the content has to be read first, or can't be. */
  #send(running: Running, block: number, now: number): boolean {
    const { transfer, door, order, stretch } = running;
    if (block === 0) {
      const bytes = encode({ kind: 'optionAck', options: order.terms.accepted });
      transfer.sent(now);
      this.#show(running, 'out', bytes);
      this.#wire.packet(door, order.client, bytes);
      return true;
    }
    const [from, end] = [transfer.startOf(block), transfer.startOf(block + 1)];
    if (stretch !== undefined) this.#wire.data(door, order.client, block, stretch, from, end);
    else if (!this.#sendRead(running, block, from, end)) return false;
    const again = transfer.sent(now) && running.shownAgain++ < mostShownAgain;
    if (again || block === 1 || block === transfer.last) this.#show(running, 'out', dataHead(block));
    return true;
  }

  #sendRead(running: Running, block: number, from: number, end: number): boolean {
    const { content } = running.order;
    if (content instanceof Uint8Array) return false;
    const read = content.read(from, end);
    if (read instanceof Uint8Array) {
      this.#wire.data(running.door, running.order.client, block, { bytes: read, at: 0 }, 0, read.length);
      return true;
    }
    running.loading = true;
    void read.then((bytes) => {
      running.loading = false;
      if (running.over) return;
      if (bytes === undefined) this.#fail(running);
      else this.#enter(running);
      this.onReady();
    });
    return false;
  }

  /** Called when something has become due outside `receive`, `begin` and `tick`. */
  onReady = (): void => {};

  #fail(running: Running): void {
    const bytes = encode({ kind: 'error', code: errorCode.undefined, message: 'the file cannot be read any more' });
    this.#show(running, 'out', bytes);
    this.#wire.packet(running.door, running.order.client, bytes);
    this.#end(running, 'error');
  }

  #enter(running: Running): void {
    if (running.inRing) return;
    running.inRing = true;
    this.#ring.push(running);
  }

  #end(running: Running, because: Ended['because']): void {
    if (running.over) return;
    running.over = true;
    const { transfer, order, door, key, startedAt } = running;
    if (this.#doors[door]?.get(key) === running) this.#doors[door]?.delete(key);
    this.#byId.delete(order.id);
    this.#gone[0].set(key, door);
    if (this.#byId.size === 0) this.#wakeAt = Infinity;
    const { acknowledged: bytes, blocks, retransmits } = transfer;
    const seconds = Math.max(0, Math.round(this.#now() - startedAt)) / 1_000;
    this.#hearer.ended(order.id, { because, bytes, blocks, retransmits, seconds });
  }

  /** RFC 1350 section 4: what comes from nobody we know is told so, and changes nothing. An ERROR is never answered with an ERROR. */
  #stranger(door: number, address: number, port: number, bytes: Uint8Array): void {
    const key = keyOf(address, port);
    if (this.#gone[0].has(key) || this.#gone[1].has(key)) return;
    const decoded = decode(bytes);
    if (decoded.ok && decoded.packet.kind === 'error') return;
    const peer = { address: textOf(address), number: address, port };
    this.#wire.packet(door, peer, encode({ kind: 'error', code: errorCode.unknownTransfer, message: 'unknown transfer' }));
    this.#wire.flush();
  }

  #doorFor(key: number): number {
    this.#forget(this.#now());
    // A client that has something under way, or just had, is not sent through the door it may still be talking to.
    const running = this.#doors.findIndex((doors) => doors.has(key));
    const taken = running === -1 ? (this.#gone[0].get(key) ?? this.#gone[1].get(key)) : running;
    this.#nextDoor = ((taken ?? this.#nextDoor) + 1) % this.#doors.length;
    return this.#nextDoor;
  }

  #forget(now: number): void {
    if (now - this.#goneSince < lingerMs) return;
    this.#goneSince = now;
    this.#gone = [new Map(), this.#gone[0]];
  }

  #show({ order, door }: Running, direction: 'in' | 'out', bytes: Uint8Array): void {
    this.#hearer.packet?.(order.id, direction, this.#wire.ports[door] ?? 0, bytes);
  }
}

/** A client's transfer identifier as one number (48 bit, exact). */
function keyOf(address: number, port: number): number {
  return address * 65_536 + port;
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

function dataHead(block: number): Uint8Array {
  return Uint8Array.of(0, 3, (block >> 8) & 255, block & 255);
}
