/** One virtual phone, from the moment it is plugged in. */
import { characterOf, vendorClassOf } from './character.js';
import type { Clock } from './clock.js';
import { messageType } from './dhcp-packet.js';
import { DhcpClient, type Lease } from './dhcp-client.js';
import { enterpriseName, enterpriseVendorClass, seekCallManager } from './enterprise.js';
import { type Fault, luckOf } from './faults.js';
import { Flaws } from './flaws.js';
import { identify } from './identity.js';
import { Parameters } from './parameters.js';
import type { Place } from './place.js';
import { type Random, seeded } from './random.js';
import { Diary, type PhoneRecord } from './record.js';
import { type Body, Session } from './session.js';

export type PhoneSetup = {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly model: string;
  readonly fault: Fault | undefined;
  readonly seed: string;
  readonly place: Place;
  readonly clock: Clock;
  readonly notice: Body['notice'];
};

/** A person plugs phones in one after the other: within so many milliseconds of phone time all have power. */
const pluggedInWithin = 10_000;
/** From restart to the network being up, milliseconds of phone time. */
const restartTime = 15_000;

export class Phone {
  readonly #body: Body;
  readonly #life = new AbortController();
  readonly #dhcp: DhcpClient;
  #over: Promise<void> | undefined;

  constructor(setup: PhoneSetup) {
    const { mac, model, fault, place, clock, notice } = setup;
    const random = seeded(setup.seed, 'phone');
    const identity = identify(mac, model, random);
    const character = characterOf(seeded(setup.seed, 'character'));
    const flaws = new Flaws(fault, seeded(setup.seed, 'flaws'));
    const luck = luckOf(fault, seeded(setup.seed, 'luck'));
    const parameters = new Parameters(model);
    this.#body = {
      identity,
      character,
      fault,
      flaws,
      parameters,
      diary: new Diary(),
      luck,
      random,
      clock,
      place,
      notice,
      die: () => this.#life.abort(),
    };
    const isEnterprise = fault === 'enterprise-image';
    this.#dhcp = new DhcpClient({
      mac,
      place,
      clock,
      random,
      luck,
      hostName: isEnterprise ? enterpriseName(mac) : `${identity.product}-${mac}`,
      vendorClass: isEnterprise ? enterpriseVendorClass(model) : vendorClassOf(character, identity.product),
      asksFor: character.asksFor,
      maySend: (type) => this.#mayStillSend(type, flaws),
    });
  }

  /** Power and network; from now on it lives by itself. */
  plugIn(): void {
    this.#over ??= this.#live().catch((cause: unknown) => {
      this.#body.notice(`bug/${String(cause)}`, `phone ${this.#body.identity.mac} stopped: ${String(cause)}`);
    });
  }

  /** Takes it off the network; resolves when its sockets are closed. */
  async unplug(): Promise<void> {
    this.#life.abort();
    await this.#over;
    this.#dhcp.close();
  }

  /** False once it was switched off or died. */
  get isAlive(): boolean {
    return !this.#life.signal.aborted;
  }

  /** What it took so far, and what it is now. */
  record(): PhoneRecord {
    const { identity, fault, diary, parameters } = this.#body;
    return diary.tell({ mac: identity.mac, model: identity.model, fault }, parameters);
  }

  async #live(): Promise<void> {
    const { clock, parameters, character, random } = this.#body;
    const life = this.#life.signal;
    let former: string | undefined;
    let wait = pluggedInWithin * random.fraction();
    while (await clock.sleep(wait + startupDelay(parameters), life)) {
      const lease = await this.#dhcp.acquire(former, life);
      if (lease === undefined) return;
      former = character.restart === 'init-reboot' ? lease.address : undefined;
      await this.#use(lease, random);
      wait = restartTime;
    }
  }

  /** Lives with a lease until it restarts, loses the lease or is switched off. */
  async #use(lease: Lease, random: Random): Promise<void> {
    const { clock, place, identity, fault, notice } = this.#body;
    if (!(await place.settle(lease))) {
      notice(`settle/${lease.address}`, `phone ${identity.mac} can't use the address it was given: ${lease.address}`);
      return;
    }
    const session = new AbortController();
    const end = (): void => session.abort();
    const life = this.#life.signal;
    if (life.aborted) return;
    life.addEventListener('abort', end, { once: true });
    const kept = this.#dhcp.keep(lease, session.signal).then(end);
    if (fault === 'enterprise-image') await seekCallManager({ mac: identity.mac, clock, place, random }, lease, session.signal);
    else await new Session(this.#body, lease, session.signal).run();
    end();
    await kept;
    life.removeEventListener('abort', end);
  }

  #mayStillSend(type: number, flaws: Flaws): boolean {
    if (this.#life.signal.aborted) return false;
    const death = flaws.diesOfDhcp(type === messageType.discover);
    if (death === 'after') queueMicrotask(() => this.#life.abort());
    if (death === 'before') this.#life.abort();
    return death !== 'before';
  }
}

/** `Network_Startup_Delay`, seconds, as milliseconds. */
function startupDelay(parameters: Parameters): number {
  const seconds = Number(parameters.get('Network_Startup_Delay'));
  return 1000 * (seconds >= 0 && seconds <= 600 ? seconds : 3);
}
