/**
 * How a running bench stands on its network: whether its interface is there, and whether its own DHCP serves. A foreign DHCP server
 * ends own DHCP at once; an interface that comes back gets sockets again, on the same ports. What happens is said as a refusal's code.
 */
import type { Refusal, Result } from '../contract/problem.js';
import { type ForeignDhcp, probeForeignDhcp, watchForeignDhcp } from '../network/foreign-dhcp.js';
import { foreignRefusal } from '../network/interlocks.js';
import { type LinkNews, type LinkWatchOptions, watchLink } from '../network/link.js';
import type { Place } from '../network/places.js';
import type { Clock } from '../services/service.js';
import type { Services } from './services.js';

export type StandingOptions = {
  readonly place: Place;
  readonly clock: Clock;
  readonly services: Services;
  /** Own DHCP was asked for. */
  readonly dhcp: boolean;
  /** Says what happened; the state is told by then. */
  readonly say: (refusal: Refusal) => void;
  readonly look?: LinkWatchOptions['look'];
};

export class Standing {
  dhcp: 'serving' | 'off' | 'stopped';
  link: 'up' | 'gone' = 'up';
  readonly #with: StandingOptions;
  readonly #unwatchLink: () => void;
  #unwatchServers: () => void = () => undefined;
  #retry: () => void = () => undefined;
  #ended = false;

  constructor(options: StandingOptions) {
    this.#with = options;
    this.dhcp = options.dhcp ? 'serving' : 'off';
    const { place, clock, look } = options;
    this.#unwatchLink = watchLink(place, { clock, ...(look === undefined ? {} : { look }) }, (news) => this.#linkChanged(news));
    if (options.dhcp) this.#watchServers();
  }

  /** Nothing is watched any more. */
  stop(): void {
    this.#ended = true;
    this.#unwatchLink();
    this.#unwatchServers();
    this.#retry();
  }

  /**
   * Serves addresses again after an interlock has ended it, once nobody else answers (5 s). Refused with `dhcp.foreign` and what
   * keeps a port from being opened; `dhcp.not-stopped` when there is nothing to start.
   */
  async startDhcp(): Promise<Result<undefined>> {
    if (this.dhcp !== 'stopped') return { ok: false, refusal: { kind: 'usage', code: 'dhcp.not-stopped', params: {} } };
    const { place, clock, services, say } = this.#with;
    const found = await probeForeignDhcp(place, { clock, relayed: services.relayed });
    if (!found.ok) return found;
    const [server] = found.value;
    if (server !== undefined) return { ok: false, refusal: foreignRefusal(server) };
    const started = await services.startDhcp();
    if (!started.ok) return started;
    this.dhcp = 'serving';
    this.#watchServers();
    say({ kind: 'missing', code: 'dhcp.again', params: { interface: place.interface } });
    return { ok: true, value: undefined };
  }

  #watchServers(firstMs?: number): void {
    const { place, clock, services, say } = this.#with;
    this.#unwatchServers();
    this.#unwatchServers = watchForeignDhcp(
      place,
      { clock, relayed: services.relayed, ...(firstMs === undefined ? {} : { firstMs }) },
      {
        found: () => {
          this.dhcp = 'stopped';
          void services.stopDhcp();
        },
        named: (server: ForeignDhcp) => say(foreignRefusal(server)),
        blind: (refusal) => this.link === 'up' && say(refusal),
      },
    );
  }

  #linkChanged(news: LinkNews): void {
    const { place, say } = this.#with;
    if (news.link === 'gone') {
      this.link = 'gone';
      this.#retry();
      const params = { interface: place.interface, address: place.address };
      const codes = { interface: 'link.no-interface', cable: 'link.no-cable', address: 'link.no-address' } as const;
      return say({ kind: 'missing', code: codes[news.lacks], params });
    }
    if (news.reopen) void this.#reopen();
    else this.#back();
  }

  /** What can't be opened yet is tried again every second; why is said once. */
  async #reopen(said = false): Promise<void> {
    const { clock, services, say } = this.#with;
    const opened = await services.reopen();
    if (this.#ended) return;
    if (opened.ok) return this.#back();
    if (!said) say(opened.refusal);
    this.#retry();
    this.#retry = clock.after(1_000, () => void this.#reopen(true));
  }

  /** The cable may lead elsewhere now, so other servers are asked for at once. */
  #back(): void {
    const { place, say } = this.#with;
    this.link = 'up';
    if (this.dhcp === 'serving') this.#watchServers(0);
    say({ kind: 'missing', code: 'link.back', params: { interface: place.interface, address: place.address } });
  }
}
