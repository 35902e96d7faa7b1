/** One life of a phone between getting its address and restarting: web server, syslog, resyncs on time and on demand. */
import type { Character } from './character.js';
import type { Clock } from './clock.js';
import type { Lease } from './dhcp-client.js';
import type { Fault, Luck } from './faults.js';
import { Fetcher } from './fetcher.js';
import type { Account } from './login.js';
import type { Flaws } from './flaws.js';
import type { Identity } from './identity.js';
import { expand, type Macros, phoneMacros, transferMacros } from './macros.js';
import type { Parameters } from './parameters.js';
import type { Place } from './place.js';
import type { Entry } from './profile.js';
import type { Random } from './random.js';
import type { Diary } from './record.js';
import { Resync, type Resynced } from './resync.js';
import { resolveRule, type Url } from './rules.js';
import { delayOf, randomDelay } from './schedule.js';
import { frame, readSyslogServer, SyslogSender } from './syslog.js';
import { failed, type Fetched } from './transfer.js';
import { type Door, doorOf } from './web-auth.js';
import { WebServer } from './web-server.js';

/** What stays with a phone over its restarts. */
export type Body = {
  readonly identity: Identity;
  readonly character: Character;
  readonly fault: Fault | undefined;
  readonly flaws: Flaws;
  readonly parameters: Parameters;
  readonly diary: Diary;
  readonly luck: Luck;
  readonly random: Random;
  readonly clock: Clock;
  readonly place: Place;
  readonly die: () => void;
  /** Something for the person who started the phones, by kind and words. */
  readonly notice: (kind: string, words: string) => void;
};

/** Milliseconds of phone time from a changed configuration to the restart it brings. */
const restartDelay = 5000;
const mostWaitingActions = 8;
const otherPassword = 'not the one in the profile 1!';

const templates = { request: 'Log_Request_Msg', success: 'Log_Success_Msg', failure: 'Log_Failure_Msg' } as const;

export class Session {
  readonly #body: Body;
  readonly #lease: Lease;
  readonly #signal: AbortSignal;
  readonly #fetcher: Fetcher;
  readonly #syslog: SyslogSender;
  readonly #resync: Resync;
  readonly #web: WebServer;
  readonly #actions: (string | undefined)[] = [];
  #webAt: string | undefined;
  #wake: (() => void) | undefined;
  #due: number;
  #restartAt = Infinity;
  #failures = 0;
  #successes = 0;
  #reported = false;

  /** `signal` ends the session: the phone is switched off, dies, or loses its address. */
  constructor(body: Body, lease: Lease, signal: AbortSignal) {
    this.#body = body;
    this.#lease = lease;
    this.#signal = signal;
    const { identity, character, parameters, clock, luck, place } = body;
    const userAgent = (): string => expand(parameters.get('HTTP_User_Agent_Name'), this.#macros());
    this.#fetcher = new Fetcher({ character, clock, luck, place, lease, signal, userAgent });
    this.#syslog = new SyslogSender(lease.address, luck);
    this.#resync = new Resync({
      identity,
      character,
      parameters,
      options: lease.options,
      signal,
      macros: () => this.#macros(),
      fetch: (url, account) => this.#fetch(url, account),
      log: (event, url, error) => this.#log(event, url, error),
      take: (url, entries, locked) => this.#take(url, entries, locked),
    });
    this.#web = new WebServer(this.#pages(), this.#door());
    this.#due =
      clock.now() + (parameters.isOn('Resync_On_Reset') ? randomDelay(parameters.get('Resync_Random_Delay'), body.random) : Infinity);
  }

  /** Lives until the phone restarts or the signal aborts. */
  async run(): Promise<void> {
    const { clock } = this.#body;
    const end = (): void => this.#wake?.();
    this.#signal.addEventListener('abort', end, { once: true });
    await this.#listen();
    while (!this.#signal.aborted) {
      const next = Math.min(this.#due, this.#restartAt);
      if (this.#actions.length > 0) await this.#act();
      else if (clock.now() < next) await this.#sleep(next - clock.now());
      else if (this.#restartAt <= this.#due) break;
      else await this.#pass();
    }
    this.#signal.removeEventListener('abort', end);
    this.#web.close();
    this.#syslog.close();
    this.#fetcher.rest();
  }

  async #pass(): Promise<void> {
    const { parameters, random, clock } = this.#body;
    if (!parameters.isOn('Provision_Enable')) {
      this.#due = Infinity;
      return;
    }
    const resynced = await this.#resync.run();
    await this.#after(resynced);
    if (resynced.ok) this.#failures = 0;
    const delay = resynced.ok
      ? delayOf(parameters.get('Resync_Periodic'), this.#successes++, random)
      : delayOf(parameters.get('Resync_Error_Retry_Delay'), this.#failures++, random);
    this.#due = clock.now() + delay;
  }

  async #act(): Promise<void> {
    const url = this.#actions.shift();
    const { parameters, random, clock } = this.#body;
    if (!parameters.isOn('Provision_Enable')) return;
    if (url === undefined) return this.#pass();
    const before = parameters.get('Resync_Periodic');
    await this.#after(await this.#resync.runOnce(url));
    const periodic = parameters.get('Resync_Periodic');
    if (periodic !== before) this.#due = clock.now() + delayOf(periodic, 0, random);
  }

  /** What follows a resync: the web server where it should be now, a report, perhaps a restart. */
  async #after({ ok, changed }: Resynced): Promise<void> {
    if (this.#signal.aborted) return;
    await this.#listen();
    if (ok && (changed || !this.#reported)) await this.#report();
    this.#fetcher.rest();
    if (changed && this.#body.character.restart !== 'never') this.#restartAt = this.#body.clock.now() + restartDelay;
  }

  async #fetch(url: Url, account?: Account): Promise<Fetched> {
    const death = this.#body.flaws.death(url.path);
    const fetched = death === 'before' ? failed('broken-off') : await this.#fetcher.fetch(url, death === 'half-way', account);
    // One that never got a byte half-way through lives on, and dies of the next file.
    if (death === 'before' || (death === 'half-way' && !fetched.ok && fetched.because === 'broken-off')) this.#body.die();
    return fetched;
  }

  #take(url: Url, entries: readonly Entry[], locked: boolean): boolean {
    const { parameters, flaws, diary } = this.#body;
    const changed = parameters.apply(entries, flaws.listen(url.path, entries, parameters));
    diary.note({ host: url.host, path: url.path, locked }, parameters);
    return changed;
  }

  #log(event: keyof typeof templates, url: Url, error: string): void {
    const { parameters, character, fault, place } = this.#body;
    const template = parameters.get(templates[event]);
    const server = readSyslogServer(parameters.get('Syslog_Server'));
    if (template === '' || server === undefined || fault === 'no-syslog' || !place.mayReach(server.host, this.#lease)) return;
    const macros = new Map([...this.#macros(), ...transferMacros(url, error)]);
    if (event === 'request' && character.keepsServip) macros.delete('SERVIP');
    const identifier = parameters.get('Syslog_Identifier');
    const before = identifier === 'None' ? '' : expand(identifier, macros);
    this.#syslog.send(frame(expand(template, macros), character.syslog, before, new Date()), server);
  }

  async #report(): Promise<void> {
    const { parameters, character, flaws } = this.#body;
    const [first = ''] = parameters.get('Report_Rule').trim().split(/\s+/);
    if (first === '' || parameters.get('Report_To_Server').toLowerCase() === 'on request') return;
    const url = resolveRule(expand(first.replace(/^\[[^\]]*\]/, ''), this.#macros()), undefined);
    if (url === undefined) return;
    this.#reported = true;
    const method = parameters.get('HTTP_Report_Method').toUpperCase() === 'PUT' ? 'PUT' : 'POST';
    await this.#fetcher.report(url, method, parameters.toXml(character.configuration, flaws.lies));
  }

  /** Moves the web server to where the parameters want it. */
  async #listen(): Promise<void> {
    const { parameters, identity, notice } = this.#body;
    const port = Number(parameters.get('Web_Server_Port'));
    const wanted = parameters.isOn('Enable_Web_Server') && port >= 1 && port <= 65_535 ? String(port) : undefined;
    if (wanted === this.#webAt) return;
    this.#webAt = wanted;
    if (wanted === undefined) return this.#web.close(true);
    const listening = await this.#web.listen(this.#lease.address, port);
    if (this.#signal.aborted) this.#web.close();
    if (listening.ok) return;
    notice(
      `web/${port}/${listening.code}`,
      `phone ${identity.mac} shows no page of its own here: ${this.#lease.address}:${port} cannot be opened by this account (${listening.code})`,
    );
  }

  #pages(): ConstructorParameters<typeof WebServer>[0] {
    const { parameters, character, flaws } = this.#body;
    return {
      configuration: () => parameters.toXml(character.configuration, flaws.lies),
      status: () => this.#status(),
      password: () => {
        const password = this.#body.fault === 'wrong-admin-password' ? otherPassword : parameters.get('Admin_Password');
        return password === '' ? undefined : password;
      },
      admits: () => parameters.isOn('Enable_Web_Admin_Access'),
      takesActions: () => parameters.isOn('Enable_Direct_Action_Url'),
      resync: (url) => {
        if (this.#actions.length < mostWaitingActions) this.#actions.push(url);
        this.#wake?.();
      },
      reboot: () => {
        this.#restartAt = this.#body.clock.now();
        this.#wake?.();
      },
    };
  }

  #door(): Door {
    return doorOf(this.#body.character.login);
  }

  #status(): string {
    const { identity } = this.#body;
    const tags = {
      Product_Name: identity.product,
      Serial_Number: identity.serial,
      Software_Version: identity.software,
      Hardware_Version: '1.0.0',
      MAC_Address: identity.mac.toUpperCase(),
      Client_Certificate: 'Installed',
      Customization: 'Open',
      Current_IP: this.#lease.address,
    };
    const lines = Object.entries(tags).map(([tag, value]) => `<${tag}>${value}</${tag}>`);
    return `<flat-status>\n${lines.join('\n')}\n</flat-status>\n`;
  }

  #macros(): Macros {
    return phoneMacros(this.#body.identity, this.#lease.address, this.#body.parameters);
  }

  /** Until the time has come, an action is asked for, or the session ends. */
  async #sleep(milliseconds: number): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    if (!this.#signal.aborted) await this.#body.clock.sleep(milliseconds, woken.signal);
    this.#wake = undefined;
  }
}
