/** Phones at any point of their life, made up: rows of a board for screens that no real bench has to stand behind. */
import type { DeviceRow, Output } from '../../engine/contract/calls.js';
import { type EvidenceName, evidenceNames, states } from '../../engine/contract/evidence.js';

export type Trouble = 'none' | 'silent' | 'unproven' | 'password' | 'wrong-image' | 'differs' | 'retrying' | 'unlisted' | 'hostile';

export type FakePhone = {
  readonly index: number;
  /** How far it is: 0 not seen, 1 to 5 steps on the way, 6 ready. */
  readonly step: number;
  readonly trouble: Trouble;
  /** Moves of it since; changes its last words without changing its step. */
  readonly beat: number;
};

const models = ['7841', '8851', '6841', '8841', '7841', '8865'] as const;
const names = [
  'Reception',
  'Workshop',
  'Meeting room Aoi',
  '受付 山田',
  'Warehouse gate 3',
  'Zoë Müller',
  '会議室 さくら',
  'Desk',
] as const;

/** What hostile neighbours say of themselves. */
export const hostileTexts = {
  script: '<script>alert(1)</script><img src=x onerror=alert(2)>',
  bidi: 'photo\u202Egnp.exe\u202C \u2066mac\u2069 \u200Bhidden\u200F',
  control: 'line\u0000\u001B[31mred\u0007\r\nnext',
  long: 'A'.repeat(10_000),
} as const;

export const startOfJob = Date.parse('2026-11-22T09:00:00.000Z');

function moment(phone: FakePhone, step: number): string {
  return new Date(startOfJob + phone.index * 1700 + step * 4200).toISOString();
}

export function macOf(index: number): string {
  const prefix = ['00562b', 'c4c603', 'd0ec35', 'dcf719'][index % 4] ?? '00562b';
  return prefix + ((0x43615 + index * 7919) % 0x1000000).toString(16).padStart(6, '0');
}

/** The device as the board shows it. */
export function rowOf(phone: FakePhone): DeviceRow {
  const { index, step, trouble, beat } = phone;
  const seen = step > 0;
  const proven = (name: EvidenceName): { at: string } | null => {
    const needed = { lease: 1, delivery: 3, word: 4, readBack: 5, handOff: 6 }[name];
    return step >= needed ? { at: moment(phone, needed) } : null;
  };
  const evidence = {
    lease: proven('lease'),
    delivery: proven('delivery'),
    word: proven('word'),
    readBack: proven('readBack'),
    handOff: proven('handOff'),
  };
  const judged = judge(phone);
  return {
    mac: macOf(index),
    row: trouble === 'unlisted' || trouble === 'hostile' ? null : index + 1,
    line: trouble === 'unlisted' || trouble === 'hostile' ? null : index + 2,
    slot: seen ? index + 1 : null,
    name: nameOf(phone),
    extension: trouble === 'unlisted' || trouble === 'hostile' ? null : String(2001 + index),
    model: trouble === 'unlisted' ? null : (models[index % models.length] ?? null),
    address: seen ? `192.168.77.${10 + (index % 240)}` : null,
    state: stateOf(step),
    verdict: judged.verdict,
    evidence,
    waitsFor: step >= 6 ? null : (evidenceNames.find((name) => evidence[name] === null) ?? null),
    problem: judged.problem,
    bytes: step < 2 ? 0 : 1432 + (step >= 3 ? 8200 + index * 31 : 0) + (step >= 6 ? 1910 : 0),
    lastWords: seen ? { ...factOf(phone), at: new Date(Date.parse(moment(phone, step)) + beat * 100).toISOString() } : null,
    lastSeen: seen ? new Date(Date.parse(moment(phone, step)) + beat * 100).toISOString() : null,
  };
}

function nameOf({ index, trouble }: FakePhone): string | null {
  if (trouble === 'unlisted') return null;
  if (trouble === 'hostile') return `${hostileTexts.script} ${hostileTexts.bidi}`;
  return `${names[index % names.length]} ${2001 + index}`;
}

function stateOf(step: number): DeviceRow['state'] {
  const order = ['expected', 'leased', 'bootstrap', 'device', 'verify', 'handOff', 'handedOff'] as const;
  return order[step] ?? states[0];
}

function judge({ step, trouble, index }: FakePhone): Pick<DeviceRow, 'verdict' | 'problem'> {
  switch (trouble) {
    case 'silent':
      return { verdict: 'fail', problem: { code: 'phone.silent-before-delivery', params: { state: stateOf(step) } } };
    case 'unproven':
      return { verdict: 'unverified', problem: { code: 'phone.unproven', params: { missing: 'readBack, handOff' } } };
    case 'password':
      return { verdict: 'pending', problem: { code: 'readBack.unauthorized', params: {} } };
    case 'wrong-image':
      return { verdict: 'fail', problem: { code: 'phone.wrong-image', params: {} } };
    case 'differs':
      return { verdict: 'fail', problem: { code: 'phone.parameter-differs', params: { tags: 'Time_Zone, Display_Name_1_' } } };
    case 'retrying':
      return { verdict: 'pending', problem: { code: 'file.timeout', params: { path: `/device/${macOf(index)}.xml` } } };
    case 'hostile':
      return { verdict: 'pending', problem: { code: 'identity.disagrees', params: { claims: `userAgent ${hostileTexts.bidi}` } } };
    case 'none':
    case 'unlisted':
      return { verdict: step >= 6 ? 'pass' : 'pending', problem: null };
  }
}

type Told = { readonly code: string; readonly params: Record<string, string | number> };

function factOf(phone: FakePhone): Told {
  const { index, step, trouble } = phone;
  const mac = macOf(index);
  if (trouble === 'hostile')
    return { code: 'fact.fileMissing', params: { path: `/${hostileTexts.control}`, transport: 'http', userAgent: hostileTexts.long } };
  if (trouble === 'unlisted') return { code: 'fact.dhcpIgnored', params: { because: 'unlisted', vendorClass: 'MSFT 5.0' } };
  return factAt(step, mac, index);
}

function factAt(step: number, mac: string, index: number): Told {
  const transport = index % 2 === 0 ? 'http' : 'tftp';
  const facts: readonly Told[] = [
    { code: 'fact.dhcpDiscover', params: { vendorClass: 'Cisco IP Phone' } },
    {
      code: 'fact.dhcpAck',
      params: { address: `192.168.77.${10 + (index % 240)}`, leaseSeconds: 3600, hostName: `SEP${mac.toUpperCase()}` },
    },
    { code: 'fact.fileDelivered', params: { transport, path: '/8851-3PCC.xml', purpose: 'bootstrap', bytes: 1432 } },
    { code: 'fact.fileDelivered', params: { transport, path: `/device/${mac}.xml`, purpose: 'device', bytes: 8200 + index * 31 } },
    { code: 'fact.word.successful', params: { step: 'resync', path: `/device/${mac}.xml`, purpose: 'device' } },
    { code: 'fact.readBack.equal', params: { stage: 'device', marker: 'equal' } },
    { code: 'fact.fileDelivered', params: { transport, path: `/handoff/${mac}.xml`, purpose: 'handOff', bytes: 1910 } },
  ];
  return facts[step] ?? { code: 'fact.arpSeen', params: { address: '192.168.77.9' } };
}

/** Everything seen of it, oldest first. */
export function timelineOf(phone: FakePhone, length: number): Output<'device.page'>['timeline'] {
  const mac = macOf(phone.index);
  const address = phone.step > 0 ? `192.168.77.${10 + (phone.index % 240)}` : null;
  const steps = Array.from({ length: phone.step + 1 }, (_, step) => ({
    at: moment(phone, step),
    address,
    ...factAt(step, mac, phone.index),
  }));
  const asked = {
    code: 'fact.fileAsked',
    params: { transport: 'http', path: '/8851-3PCC.xml', purpose: 'bootstrap', userAgent: 'Cisco-CP-8851-3PCC/12.0.4 (00562b043615)' },
  };
  const report = {
    code: 'fact.report',
    params: { path: `/report/${mac}`, bytes: 104_212, file: `20261124T044105Z-${mac}-0123456789ab.xml` },
  };
  const more =
    phone.trouble === 'hostile'
      ? Object.values(hostileTexts).map((text) => ({
          code: 'fact.fileMissing',
          params: { path: text, transport: 'http', userAgent: text },
        }))
      : [];
  const repeats = Array.from({ length: Math.max(0, length - steps.length) }, () => asked);
  const later = [...more, ...(phone.step > 3 ? [report] : []), ...repeats].map(({ code, params }, index) => ({
    at: new Date(Date.parse(moment(phone, phone.step)) + 500 + index * 400).toISOString(),
    address,
    code,
    params,
  }));
  return [...steps, ...later].map(({ at, address, code, params }, index) => ({ seq: index + 1, at, address, code, params }));
}
