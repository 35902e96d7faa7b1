/**
 * The DHCP client of one phone: RFC 2131 section 4.4. Retransmits with the back-off of section 4.1, starts over after a NAK, can ask for
 * its former address (INIT-REBOOT), and renews by unicast at T1 and by broadcast at T2.
 */
import { type Clock, pause } from './clock.js';
import { addressBytes, addressText, type Message, messageType, option, uint32 } from './dhcp-packet.js';
import type { Luck } from './faults.js';
import type { DhcpPort, Place } from './place.js';
import type { Random } from './random.js';

export type Lease = {
  readonly address: string;
  readonly mask: string;
  readonly server: string;
  /** Milliseconds of phone time from the ACK. */
  readonly renewAfter: number;
  readonly rebindAfter: number;
  readonly endsAfter: number;
  readonly options: ReadonlyMap<number, Uint8Array>;
};

export type DhcpClientSetup = {
  readonly mac: string;
  readonly place: Place;
  readonly clock: Clock;
  readonly random: Random;
  readonly luck: Luck;
  readonly hostName: string;
  readonly vendorClass: string | undefined;
  readonly asksFor: readonly number[];
  /** Asked before each message goes out; false: the phone is dead. */
  readonly maySend: (type: number) => boolean;
};

/** Waits between retransmissions, milliseconds, each give or take a second (RFC 2131 section 4.1). */
const backOff = [4000, 8000, 16_000, 32_000, 64_000];

type Waiting = { readonly xid: number; readonly types: readonly number[]; readonly resolve: (reply: Message) => void };

export class DhcpClient {
  readonly #setup: DhcpClientSetup;
  readonly #port: DhcpPort;
  #waiting: Waiting | undefined;

  constructor(setup: DhcpClientSetup) {
    this.#setup = setup;
    this.#port = setup.place.connect(setup.mac, (reply) => this.#receive(reply));
  }

  /** Gets a lease, however long it takes; undefined when the signal aborts first. `former`: an address to ask for again after a restart. */
  async acquire(former: string | undefined, signal: AbortSignal): Promise<Lease | undefined> {
    let wanted = former;
    while (!signal.aborted) {
      const ack = wanted === undefined ? await this.#fromScratch(signal) : await this.#reboot(wanted, signal);
      wanted = undefined;
      const lease = ack && readLease(ack);
      if (lease !== undefined) return lease;
      await pause(this.#setup.clock.patience(2000), signal);
    }
    return undefined;
  }

  /** Keeps a lease alive until the signal aborts; resolves earlier when the address is lost. */
  async keep(lease: Lease, signal: AbortSignal): Promise<void> {
    let held = lease;
    for (;;) {
      if (!(await this.#setup.clock.sleep(held.renewAfter, signal))) return;
      const ack =
        (await this.#renew(held, held.rebindAfter - held.renewAfter, true, signal)) ??
        (await this.#renew(held, held.endsAfter - held.rebindAfter, false, signal));
      if (signal.aborted) return;
      if (ack === undefined || type(ack) === messageType.nak) return;
      const renewed = readLease(ack);
      if (renewed === undefined || renewed.address !== held.address) return;
      held = renewed;
    }
  }

  close(): void {
    this.#port.close();
    this.#waiting = undefined;
  }

  async #fromScratch(signal: AbortSignal): Promise<Message | undefined> {
    const xid = this.#newTransaction();
    const offer = await this.#ask({ xid, kind: messageType.discover, options: [], answers: [messageType.offer], tries: Infinity }, signal);
    const server = offer?.options.get(option.serverIdentifier);
    if (offer === undefined || server === undefined) return undefined;
    const options: [number, Uint8Array][] = [
      [option.requestedAddress, addressBytes(offer.yourAddress)],
      [option.serverIdentifier, server],
    ];
    return this.#request({ xid, kind: messageType.request, options, answers: [messageType.ack, messageType.nak], tries: 4 }, signal);
  }

  /** RFC 2131 section 4.4.2: INIT-REBOOT; without an answer the phone begins anew. */
  #reboot(address: string, signal: AbortSignal): Promise<Message | undefined> {
    const options: [number, Uint8Array][] = [[option.requestedAddress, addressBytes(address)]];
    const answers = [messageType.ack, messageType.nak];
    return this.#request({ xid: this.#newTransaction(), kind: messageType.request, options, answers, tries: 3 }, signal);
  }

  async #request(question: Question, signal: AbortSignal): Promise<Message | undefined> {
    const reply = await this.#ask(question, signal);
    return reply !== undefined && type(reply) === messageType.ack ? reply : undefined;
  }

  /** One state of RFC 2131 section 4.4.5: RENEWING to the server alone, or REBINDING to all, for so many milliseconds at most. */
  async #renew(lease: Lease, lasting: number, toServer: boolean, signal: AbortSignal): Promise<Message | undefined> {
    const ends = AbortSignal.any([signal, this.#after(lasting, signal)]);
    const common = { xid: this.#newTransaction(), kind: messageType.request, options: [], answers: [messageType.ack, messageType.nak] };
    return this.#ask({ ...common, tries: Infinity, from: lease.address, ...(toServer ? { server: lease.server } : {}) }, ends);
  }

  #after(milliseconds: number, signal: AbortSignal): AbortSignal {
    const controller = new AbortController();
    void this.#setup.clock.sleep(milliseconds, signal).then(() => controller.abort());
    return controller.signal;
  }

  /** Sends until something answers, the tries are used up or the signal aborts. */
  async #ask(question: Question, signal: AbortSignal): Promise<Message | undefined> {
    const answered = new AbortController();
    let reply: Message | undefined;
    const resolve = (message: Message): void => {
      reply ??= message;
      answered.abort();
    };
    this.#waiting = { xid: question.xid, types: question.answers, resolve };
    const started = this.#setup.clock.now();
    const over = AbortSignal.any([signal, answered.signal]);
    for (let attempt = 0; attempt < question.tries && !over.aborted; attempt++) {
      this.#send(question, Math.floor((this.#setup.clock.now() - started) / 1000));
      const wait = (backOff[attempt] ?? 64_000) - 1000 + 2000 * this.#setup.random.fraction();
      await pause(this.#setup.clock.patience(wait), over);
    }
    this.#waiting = undefined;
    return reply;
  }

  #send(question: Question, secs: number): void {
    const { mac, hostName, vendorClass, asksFor, luck, maySend } = this.#setup;
    if (!maySend(question.kind) || luck.losesDatagram()) return;
    const options = new Map<number, Uint8Array>([
      [option.messageType, Uint8Array.of(question.kind)],
      [option.clientIdentifier, Buffer.from(`01${mac}`, 'hex')],
      [option.hostName, Buffer.from(hostName)],
      ...(vendorClass === undefined ? [] : [[option.vendorClass, Buffer.from(vendorClass)] satisfies [number, Uint8Array]]),
      [option.parameterList, Uint8Array.from(asksFor)],
      [option.maximumSize, Uint8Array.of(0x05, 0xdc)], // 1500
      ...question.options,
    ]);
    const { from = '0.0.0.0', server } = question;
    const zero = '0.0.0.0';
    const message = {
      xid: question.xid,
      secs,
      broadcast: from === zero,
      clientAddress: from,
      yourAddress: zero,
      relayAddress: zero,
      mac,
      options,
    };
    if (server === undefined) this.#port.broadcast(message);
    else this.#port.unicast(message, server);
  }

  #receive(reply: Message): void {
    const waiting = this.#waiting;
    if (waiting === undefined || reply.xid !== waiting.xid || !waiting.types.includes(type(reply))) return;
    if (this.#setup.luck.losesDatagram()) return;
    waiting.resolve(reply);
  }

  #newTransaction(): number {
    return this.#setup.random.below(0x1_0000_0000);
  }
}

type Question = {
  readonly xid: number;
  readonly kind: number;
  readonly options: readonly [number, Uint8Array][];
  readonly answers: readonly number[];
  readonly tries: number;
  /** `ciaddr` of one who has an address. */
  readonly from?: string;
  readonly server?: string;
};

function type(message: Message): number {
  return message.options.get(option.messageType)?.[0] ?? 0;
}

/** RFC 2131 section 4.4.5: T1 is half the lease, T2 seven eighths, unless the server says otherwise. */
function readLease(ack: Message): Lease | undefined {
  const { options } = ack;
  const server = options.get(option.serverIdentifier);
  const endsAfter = 1000 * (uint32(options.get(option.leaseTime)) ?? 3600);
  const mask = options.get(option.subnetMask);
  if (server?.length !== 4 || ack.yourAddress === '0.0.0.0') return undefined;
  return {
    address: ack.yourAddress,
    mask: mask?.length === 4 ? addressText(mask) : '255.255.255.0',
    server: addressText(server),
    renewAfter: 1000 * (uint32(options.get(option.renewalTime)) ?? endsAfter / 2000),
    rebindAfter: 1000 * (uint32(options.get(option.rebindingTime)) ?? (endsAfter * 7) / 8000),
    endsAfter,
    options,
  };
}
