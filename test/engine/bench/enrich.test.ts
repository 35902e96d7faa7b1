/** What a bench reads out of requests by the rules of its own recipe: whose they are, and which file that is not there is missed. */
import { expect, it } from 'vitest';
import { enrich } from '../../../engine/bench/enrich.js';
import { profileSource } from '../../../engine/bench/profile-source.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { problemOf } from '../../../engine/roster/device.js';
import type { FileRequest } from '../../../engine/services/files.js';
import { fold, proven } from '../roster/journals.js';
import { address, bench, mac, smallOrder } from './small-order.js';

const rule = 'http://10.77.0.1/fw/$MA/sip88xx.loads';
const load = `/fw/${mac}/sip88xx.loads`;

function served(more = `bootstrap: { Upgrade_Rule: "${rule}" }\n`) {
  const order = smallOrder('{ transport: http }', `  Text_Logo: Small\n${more}`);
  const asked: FileRequest[] = [];
  const source = profileSource({
    order,
    bench,
    whereabouts: { leased: (from) => (from === address ? mac : undefined), neighbour: () => undefined },
    device: () => undefined,
    folder: {
      find(request) {
        asked.push(request);
        return Promise.resolve({ kind: 'missing' });
      },
    },
  });
  return { order, source, asked };
}

const missing: Fact = { kind: 'fileMissing', transport: 'http', path: load };
const seen = (fact: Fact) => ({ at: '2026-11-22T09:00:00.000Z', sender: { address }, fact });

it('firmware that a rule of the recipe names is looked for in the folder, is its phone’s, and is missed where it is not there', async () => {
  const { order, source, asked } = served();
  expect(await source.find({ transport: 'http', path: load, from: address })).toEqual({ kind: 'missing' });
  expect(asked.map(({ path }) => path)).toEqual([load]);
  const { observation } = enrich(order, seen(missing));
  expect(observation.fact).toEqual({ ...missing, wanted: 'firmware' });
  expect(observation.sender.claims).toEqual([{ source: 'fileName', mac }]);
  const device = fold([...proven.slice(0, 4), observation.fact]);
  expect(problemOf(device)).toEqual({ code: 'file.firmware-missing', params: { path: load } });
});

it('a file that no rule names is nobody’s, and missed by nobody', () => {
  for (const more of ['', 'bootstrap: { Upgrade_Rule: "http://fw.example/x.loads" }\n']) {
    const { observation } = enrich(served(more).order, seen(missing));
    expect([observation.fact, observation.sender.claims]).toEqual([missing, []]);
  }
});

it('says which of the shared files was delivered, whatever directory it lay in', () => {
  const { order } = served('');
  const part = (path: string): Fact =>
    enrich(order, seen({ kind: 'fileDelivered', transport: 'http', path, purpose: 'part', bytes: 9 })).observation.fact;
  expect(part(`/${'ab'.repeat(16)}/part/8851.xml`)).toMatchObject({ part: 'model' });
  expect(part('/part/customer.xml')).toMatchObject({ part: 'customer' });
});
