/** Journals for tests: the life of a good phone, facts at random, and a keeper that holds them in memory. */
import fc from 'fast-check';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Fact, Journalled, Observation } from '../../../engine/contract/observation.js';
import { advance } from '../../../engine/roster/advance.js';
import { type Device, newDevice } from '../../../engine/roster/device.js';
import type { RosterOptions } from '../../../engine/roster/roster.js';

export const mac = 'c4c603000001' as Mac;
export const otherMac = 'c4c603000002' as Mac;
export const address = '10.77.0.10';
const start = Date.parse('2026-11-22T09:00:00Z');

/** The time of the n-th entry: one second apart. */
export function time(index: number): string {
  return new Date(start + index * 1000).toISOString();
}

function entries(facts: readonly Fact[]): readonly Journalled[] {
  return facts.map((fact, index) => ({ seq: index + 1, at: time(index), mac, address, fact }));
}

/** The device after these facts. */
export function fold(facts: readonly Fact[], from: Device = newDevice(mac, time(0))): Device {
  return entries(facts).reduce(advance, from);
}

const file = (purpose: 'bootstrap' | 'install' | 'device' | 'handOff') =>
  ({ transport: 'http', path: `/${purpose}.xml`, purpose }) as const;

/** Facts by name, each as a good phone causes it. */
export const fact = {
  bound: { kind: 'bound', row: 1, model: '8851', terms: { readableAfter: true, leavesBench: true } },
  discover: { kind: 'dhcpDiscover' },
  ack: { kind: 'dhcpAck', address, clientState: 'selecting', leaseSeconds: 600 },
  renewed: { kind: 'dhcpAck', address, clientState: 'renewing', leaseSeconds: 600 },
  rebooted: { kind: 'dhcpAck', address, clientState: 'init-reboot', leaseSeconds: 600 },
  bootstrapAsked: { kind: 'fileAsked', ...file('bootstrap') },
  keyAsked: { kind: 'fileAsked', ...file('install') },
  keyDelivered: { kind: 'fileDelivered', ...file('install'), bytes: 300 },
  wordOfKey: { kind: 'word', step: 'resync', outcome: 'successful', purpose: 'install' },
  keyless: { kind: 'fileRefused', transport: 'http', path: '/device/x.xml', because: 'other-directory' },
  deviceAsked: { kind: 'fileAsked', ...file('device') },
  deviceDelivered: { kind: 'fileDelivered', ...file('device'), bytes: 900 },
  deviceBroken: { kind: 'fileBroken', ...file('device'), bytes: 100, because: 'reset' },
  word: { kind: 'word', step: 'resync', outcome: 'successful', purpose: 'device' },
  wordUnnamed: { kind: 'word', step: 'resync', outcome: 'successful' },
  wordOfBootstrap: { kind: 'word', step: 'resync', outcome: 'successful', purpose: 'bootstrap' },
  wordFailed: { kind: 'word', step: 'resync', outcome: 'failed', error: 'timeout' },
  readBack: { kind: 'readBack', stage: 'device', marker: 'equal', differing: [], left: [] },
  markerDiffers: { kind: 'readBack', stage: 'device', marker: 'differs', differing: [], left: [] },
  parameterDiffers: { kind: 'readBack', stage: 'device', marker: 'equal', differing: ['Proxy_1_'], left: [] },
  readBackFailed: { kind: 'readBackFailed', stage: 'device', because: 'unauthorized', status: 401 },
  handOffDelivered: { kind: 'fileDelivered', ...file('handOff'), bytes: 400 },
  handOffRead: { kind: 'readBack', stage: 'handOff', marker: 'absent', differing: [], left: [] },
  handOffIncomplete: { kind: 'readBack', stage: 'handOff', marker: 'absent', differing: [], left: ['Syslog_Server'] },
  overdue: { kind: 'overdue', stage: 'verify' },
  wrongImage: { kind: 'wrongImage', sign: 'host-name' },
  otherModel: { kind: 'recognised', model: '7841', by: 'userAgent' },
  otherModelByName: { kind: 'recognised', model: '7841', by: 'fileName' },
  secondPhone: { kind: 'secondPhone', addresses: ['10.77.0.10', '10.77.0.11'] },
} satisfies Record<string, Fact>;

/** Up to the proof of its device file. */
export const proven: readonly Fact[] = [
  fact.bound,
  fact.discover,
  fact.ack,
  fact.bootstrapAsked,
  fact.deviceAsked,
  fact.deviceDelivered,
  fact.word,
  fact.readBack,
];
/** All of it. */
export const goodLife: readonly Fact[] = [...proven, fact.handOffDelivered, fact.handOffRead];

export const anyFact: fc.Arbitrary<Fact> = fc.constantFrom<Fact>(
  ...Object.values(fact),
  { kind: 'dhcpOffer', address },
  { kind: 'dhcpNak', address, clientState: 'init-reboot' },
  { kind: 'dhcpRelease', address },
  { kind: 'dhcpDecline', address },
  { kind: 'dhcpIgnored', because: 'unlisted' },
  { kind: 'fileMissing', transport: 'tftp', path: 'none.xml' },
  { kind: 'fileRefused', transport: 'http', path: '/device/x.xml', because: 'not-its-own' },
  { kind: 'fileAsked', transport: 'tftp', path: 'x.loads', purpose: 'folder' },
  { kind: 'resyncAsked', stage: 'handOff', ok: true },
  { kind: 'report', path: '/report/x', bytes: 10 },
  { kind: 'arpSeen', address },
  { kind: 'identityDisagrees', by: 'lease', claims: [{ source: 'fileName', mac: otherMac }] },
  { kind: 'bound', row: 2, model: '7841', terms: { readableAfter: false, leavesBench: false } },
);

/** A good life with entries left out and others put in anywhere: passes now and then, unlike one made of nothing but chance. */
export const anyLife: fc.Arbitrary<readonly Fact[]> = fc
  .tuple(
    fc.array(fc.boolean(), { minLength: goodLife.length, maxLength: goodLife.length }),
    fc.array(fc.tuple(fc.nat(goodLife.length), anyFact), { maxLength: 6 }),
  )
  .map(([leftOut, added]) => {
    const facts: Fact[] = [];
    for (let index = 0; index <= goodLife.length; index += 1) {
      for (const [at, extra] of added) if (at === index) facts.push(extra);
      const own = goodLife[index];
      if (own !== undefined && leftOut[index] !== true) facts.push(own);
    }
    return facts;
  });

/** What services might report: two phones and a stranger, by whatever they are known. */
export const anyObservation: fc.Arbitrary<Omit<Observation, 'at'>> = fc.record({
  fact: anyFact,
  sender: fc.constantFrom(
    { mac },
    { mac: otherMac, address: '10.77.0.11' },
    { address },
    { address: '10.77.0.99' },
    { address, claims: [{ source: 'userAgent' as const, mac: otherMac }] },
    { claims: [{ source: 'syslogText' as const, mac }] },
  ),
});

type Keeper = RosterOptions['journal'];

/** A journal in memory. */
export class MemoryJournal implements Keeper {
  readonly kept: Journalled[] = [];

  next(): number {
    return this.kept.length + 1;
  }

  append(entry: Journalled, done: (error?: unknown) => void): void {
    this.kept.push(entry);
    done();
  }

  replay(): Iterable<Journalled> {
    return [...this.kept];
  }
}
