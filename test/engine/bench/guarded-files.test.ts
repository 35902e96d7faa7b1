/** Behind an account nothing of a phone lies open, its hand-off neither: over real sockets, asked as a phone asks. */
import { expect, it } from 'vitest';
import { profileSource } from '../../../engine/bench/profile-source.js';
import { decryptSalted } from '../../../engine/profiles/packing/openssl.js';
import { proven } from '../roster/journals.js';
import { Rig } from '../services/http/rig.js';
import { bench, mac, revisedOrder, secret, smallRoster } from './small-order.js';

const account = 'account: { user: bench, password: "{{admin}}" }';
const login = { Authorization: `Basic ${Buffer.from(`bench:${secret}`).toString('base64')}` };
const wrong = { Authorization: `Basic ${Buffer.from('bench:guess').toString('base64')}` };

/** The files of a bench whose phone is proven: it is about to be handed off. */
function provenPhone(delivery: string) {
  const order = revisedOrder(delivery, delivery);
  const { roster, record } = smallRoster();
  roster.expect(mac, '2026-11-22T09:00:00.000Z');
  record(new Date('2026-11-22T09:00:00Z'), ...proven);
  const files = profileSource({
    order,
    bench,
    whereabouts: { leased: () => mac, neighbour: () => undefined },
    device: (asked) => roster.get(asked),
  });
  return { order, files };
}

it.each([
  ['as it is', `{ transport: http, ${account} }`],
  ['in parts', `{ transport: http, parts: true, ${account} }`],
  ['encrypted', `{ transport: http, encrypt: true, ${account} }`],
  ['in parts and encrypted', `{ transport: http, parts: true, encrypt: true, ${account} }`],
])('the hand-off is given to who knows the account alone: %s', async (_how, delivery) => {
  const { order, files } = provenPhone(delivery);
  await using rig = await Rig.start({}, { files });
  const pair = order.of(mac)?.compiled.keys?.customer;
  const directory = pair === undefined ? '' : `/${pair.directory.reveal()}`;
  for (const file of ['device', 'handoff']) {
    const path = `GET ${directory}/${file}/${mac}.xml`;
    for (const without of [{}, wrong]) {
      const refused = await rig.ask(path, without);
      expect([refused.status, refused.content]).toEqual([401, '401\n']);
      expect(refused.fields['www-authenticate']).toMatch(/^(?:Digest|Basic) /);
    }
    const { status, content } = await rig.ask(path, login);
    expect(status).toBe(200);
    if (pair === undefined) expect(content).toContain('https://prov.example.com/$MA.xml');
    else expect(content.startsWith('Salted__')).toBe(true);
  }
});

it('what comes under the key of the phone is the hand-off', async () => {
  const { order, files } = provenPhone(`{ transport: http, encrypt: true, ${account} }`);
  const { customer } = order.of(mac)!.compiled.keys!;
  const answer = await files.find({ transport: 'http', path: `/${customer.directory.reveal()}/device/${mac}.xml`, from: '10.77.0.10' });
  expect(answer).toMatchObject({ kind: 'bytes', purpose: 'handOff', account: { user: 'bench' } });
  const bytes = answer.kind === 'bytes' ? answer.bytes : new Uint8Array();
  expect(Buffer.from(decryptSalted(bytes, customer.key.reveal(), 'sha256') ?? []).toString()).toContain('https://prov.example.com/$MA.xml');
});
