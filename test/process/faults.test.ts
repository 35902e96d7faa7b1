/** Demos in which three of ten phones have something wrong: never a pass the phone's own record does not confirm. */
import { expect, it } from 'vitest';
import { type LineOf, Scratch } from './programs.js';
import { disagreements } from './record.js';

const seeds = Array.from({ length: 20 }, (_, index) => 101 + index * 37);
const phonesEach = 24;
const atOnce = 4;

/** Faults with which a phone cannot get to the end, whatever the bench does. */
const hopeless = /^(?:dies-.+|wrong-admin-password|enterprise-image)$/;

type Outcome = { readonly seed: number; readonly wrong: readonly string[]; readonly faults: readonly string[] };

it('over 20 seeds no faulty phone is called ready that is not, no lossy one is lost, and the exit code agrees', async () => {
  await using scratch = new Scratch();
  const waiting = [...seeds];
  const outcomes: Outcome[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) outcomes.push(await perform(scratch, seed));
    }),
  );
  expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  // Every kind of fault was there, so that none of the above was said of nothing.
  expect([...new Set(outcomes.flatMap(({ faults }) => faults))].sort()).toEqual([
    'dies-before-hand-off',
    'dies-in-bootstrap',
    'dies-in-device',
    'dies-in-dhcp',
    'enterprise-image',
    'lying-cfg',
    'no-syslog',
    'packet-loss',
    'parameter-ignored',
    'wrong-admin-password',
  ]);
});

async function perform(scratch: Scratch, seed: number): Promise<Outcome> {
  const demo = scratch.benchtone(['demo', '--phones', String(phonesEach), '--fault', '0.3', '--seed', String(seed), '--json']);
  const { code } = await demo.end();
  const [devices, records] = [demo.latest('device'), demo.latest('phone')];
  const [summary] = demo.of('summary');
  const all = summary !== undefined && summary.pass === summary.devices;
  const wrong = [
    ...demo.invalid,
    ...(devices.size === phonesEach && records.size === phonesEach ? [] : [`${devices.size} devices, ${records.size} records`]),
    ...disagreements(devices, records),
    ...[...records.values()].flatMap((record) => misjudged(record, devices.get(record.mac))),
    ...((code === 0) === all && (code === 0 || code === 1) ? [] : [`exit ${code} of ${JSON.stringify(summary)}`]),
    ...(code === 0 ? ['exit 0 although phones are dead'] : []),
  ];
  return { seed, wrong, faults: [...records.values()].flatMap(({ fault }) => fault ?? []) };
}

function misjudged({ mac, fault }: LineOf<'phone'>, device: LineOf<'device'> | undefined): string[] {
  const verdict = device?.verdict ?? 'pending';
  const mustPass = fault === null || fault === 'packet-loss';
  const mustNot = fault !== null && hopeless.test(fault);
  const wrong = (mustPass && verdict !== 'pass') || (mustNot && verdict === 'pass');
  return wrong ? [`${mac} with ${fault} is ${verdict}: ${JSON.stringify(device)}`] : [];
}
