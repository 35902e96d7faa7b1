/** A running bench as its hosts use it. */
import type { DhcpFound, DhcpTold } from '../contract/bench-calls.js';
import type { Load, Output } from '../contract/calls.js';
import type { Mac } from '../contract/mac.js';
import type { Place } from '../network/places.js';
import type { ReceiveBuffer } from '../network/sockets.js';
import type { BenchAddress } from '../phones/pack.js';
import type { Device } from '../roster/device.js';
import type { Listener } from '../roster/roster.js';
import type { Job } from '../store/jobs.js';
import type { Counts } from './board.js';
import type { Order } from './order.js';
import type { Recorder } from './recorder/recorder.js';
import type { Rotated } from './rotation.js';
import type { PortName } from './services.js';
import type { Shown } from './shown-secrets.js';
import type { Standing } from './standing.js';
import type { ShownLine } from './syslog-book.js';

export interface Bench extends AsyncDisposable {
  readonly job: Job;
  readonly resumed: boolean;
  readonly place: Place;
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  /** Its interface and its own DHCP, as they are now. */
  readonly standing: Pick<Standing, 'dhcp' | 'link' | 'startDhcp'>;
  devices(): readonly Device[];
  /** Hears of every journal entry, with the device before and after it. */
  onChange(listener: Listener): void;
  counts(): Counts;
  load(): Load;
  /** What a site's DHCP server has to say so that the phones of this job find this bench. */
  siteSettings(): Output<'site.settings'>;
  /** Leases by any part of an address, MAC or name. */
  lookUp(query: string): DhcpFound;
  /** What DHCP gives a phone, and why. */
  explainDhcp(mac: Mac): DhcpTold;
  /** The newest messages of a phone, oldest first; secrets masked. */
  messages(mac: Mac): ReturnType<Recorder['messages']>;
  /** What was recorded, of one phone or of all, as pcapng; secrets masked. */
  capture(mac: Mac | null): Uint8Array;
  /** The newest syslog lines of one phone or of all, oldest first, and what the system holds back of them. */
  syslogLines(mac: Mac | null, limit: number): { lines: ShownLine[]; buffer: ReceiveBuffer | null };
  /** The job as it is served, and where: what a preview is made of. */
  readonly order: Order;
  readonly address: BenchAddress;
  /** New keys for these phones, or (null) for all whose files are encrypted; each has the ones before until it proves the new. */
  rotateKeys(macs: readonly Mac[] | null): Promise<readonly Rotated[]>;
  /** Somebody saw the passwords of a row. */
  noteShown(shown: Shown): void;
  /** Nothing more is to be waited for. */
  isSettled(): boolean;
}
