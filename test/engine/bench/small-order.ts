/** A small work order, ready to be served: one row with a MAC, two without, one of a model that fetches by TFTP. */
import { type KeyRing, Order } from '../../../engine/bench/order.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { packNamed } from '../../../engine/phones/packs.js';
import { readJob } from '../../../engine/profiles/read-job.js';
import { Roster } from '../../../engine/roster/roster.js';
import { MemoryJournal } from '../roster/journals.js';

export const mac = 'c4c603000001' as Mac;
/** Has no row. */
export const newcomer = 'c4c603000002' as Mac;
/** No phone at all. */
export const stranger = '020000000099' as Mac;
export const address = '10.77.0.10';
export const bench = { address: '10.77.0.1', ports: { tftp: 69, http: 80, syslog: 514 } } as const;
export const secret = 'Maple!Front-9';

const csv = `mac,model,admin
${mac},8851,${secret}
,7841,Maple!Back-17
,8851,Maple!Room-23
,8851,Maple!Loft-31
`;
const recipe = `benchtone: 1
name: Small
phones: cisco-mpp
delivery: { transport: http }
models:
  "7841": { delivery: { transport: tftp, gzip: true } }
parameters:
  Admin_Password: "{{admin}}"
  Proxy_1_: sip.example.com
handOff:
  Profile_Rule: https://prov.example.com/$MA.xml
`;

/** `delivery`: in place of plain HTTP; `more`: parameters beside the recipe's own; `keysOf`: where the phones' keys are, in memory unless said. */
export function smallOrder(delivery = '{ transport: http }', more = '', keysOf?: KeyRing): Order {
  const text = recipe.replace('{ transport: http }', delivery).replace('handOff:', `${more}handOff:`);
  const { recipe: read, rows } = readJob(Buffer.from(csv), text);
  const pack = packNamed('cisco-mpp');
  if (read === undefined || pack === undefined || rows.length !== 4) throw new Error('the work order is sound');
  return new Order(pack, read, rows, new Uint8Array(32).fill(7), keysOf);
}

/** The same after a revision, whose recipe delivers otherwise; the first row kept what it had. */
export function revisedOrder(delivery: string, now: string): Order {
  const [before, after] = [delivery, now].map((each) => {
    return readJob(Buffer.from(csv), recipe.replace('{ transport: http }', each).replace('transport: tftp', 'transport: http'));
  });
  const pack = packNamed('cisco-mpp');
  if (before?.recipe === undefined || after?.recipe === undefined || pack === undefined) throw new Error('the work order is sound');
  const kept = new Map([[1, { recipe: before.recipe, since: 1, dropped: false }]]);
  return new Order(pack, after.recipe, after.rows, new Uint8Array(32).fill(7), undefined, kept);
}

type SmallRoster = {
  readonly roster: Roster;
  readonly record: (at: Date, ...facts: readonly Fact[]) => void;
  readonly journal: MemoryJournal;
};

/** A roster in memory that knows one address; `record` puts facts on the phone's account. */
export function smallRoster(): SmallRoster {
  const journal = new MemoryJournal();
  const whereabouts = { leased: (asked: string) => (asked === address ? mac : undefined), neighbour: () => undefined };
  const roster = new Roster({ journal, whereabouts, admits: () => true });
  const record = (at: Date, ...facts: readonly Fact[]): void => {
    for (const fact of facts) roster.record(mac, at.toISOString(), fact);
  };
  return { roster, record, journal };
}
