/** "Only its own": what a request may have, by who asks and how far that phone is. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../engine/bench/order.js';
import { profileSource } from '../../../engine/bench/profile-source.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { decryptSalted } from '../../../engine/profiles/packing/openssl.js';
import type { KeyPair } from '../../../engine/profiles/phone-keys.js';
import { fact, goodLife, proven } from '../roster/journals.js';
import { address, bench, mac, newcomer, revisedOrder, secret, smallOrder, smallRoster } from './small-order.js';

const now = new Date('2026-11-22T09:00:00Z');
const elsewhere = '10.77.0.77';
const newcomersAddress = '10.77.0.11';

type Answer = {
  readonly kind: string;
  readonly purpose?: string;
  readonly because?: string;
  readonly text: string;
  readonly raw: Uint8Array;
};

/** Asks for a path after the phone has lived through these facts. */
async function ask(
  path: string,
  from: string,
  life: readonly Fact[] = [],
  neighbours: ReadonlyMap<string, Mac> = new Map(),
  order: Order = smallOrder(),
  transport: 'http' | 'tftp' = 'http',
): Promise<Answer> {
  const { roster, record } = smallRoster();
  roster.expect(mac, now.toISOString());
  record(now, ...life);
  const leases =
    neighbours.size > 0
      ? new Map<string, Mac>()
      : new Map([
          [address, mac],
          [newcomersAddress, newcomer],
        ]);
  const source = profileSource({
    order,
    bench,
    whereabouts: { leased: (asked) => leases.get(asked), neighbour: (asked) => neighbours.get(asked) },
    device: (asked) => roster.get(asked),
    folder: { find: () => Promise.resolve({ kind: 'file', file: '/files/x', size: 1, purpose: 'folder' }) },
  });
  const answer = await source.find({ transport, path, from });
  const raw = answer.kind === 'bytes' ? answer.bytes : new Uint8Array();
  return { ...answer, text: Buffer.from(raw).toString(), raw };
}

const device = `/device/${mac}.xml`;
const handOff = `/handoff/${mac}.xml`;

describe('a device profile', () => {
  it('goes to the address leased to its MAC, in any case of the name', async () => {
    for (const path of [device, `device/${mac.toUpperCase()}.XML`]) {
      const answer = await ask(path, address);
      expect(answer).toMatchObject({ kind: 'bytes', purpose: 'device', subject: mac });
      expect(answer.text).toContain(secret);
    }
  });

  it('goes, without own DHCP, to the address whose neighbour entry is its MAC', async () => {
    expect(await ask(device, elsewhere, [], new Map([[elsewhere, mac]]))).toMatchObject({ kind: 'bytes', purpose: 'device' });
    expect(await ask(device, elsewhere, [], new Map([[elsewhere, newcomer]]))).toMatchObject({ kind: 'refused', because: 'not-its-own' });
  });

  it.each([elsewhere, newcomersAddress])('does not go to %s', async (from) => {
    for (const path of [device, handOff])
      expect(await ask(path, from, proven)).toMatchObject({ kind: 'refused', because: 'not-its-own', text: '' });
  });

  it('can be had again until the phone is handed off, and never after', async () => {
    const almost = [...proven, fact.handOffDelivered];
    expect(await ask(device, address, almost)).toMatchObject({ kind: 'bytes', purpose: 'device' });
    for (const path of [device, handOff])
      expect(await ask(path, address, goodLife)).toMatchObject({ kind: 'refused', because: 'handed-off', text: '' });
  });

  it('of a phone without a row changes nothing, and is no secret', async () => {
    const answer = await ask(`/device/${newcomer}.xml`, newcomersAddress);
    expect(answer).toMatchObject({ kind: 'bytes', purpose: 'empty' });
    expect(answer.text).toMatch(/<flat-profile\s*\/>|<flat-profile>\s*<\/flat-profile>/);
  });
});

it('the hand-off goes to a proven phone alone; before, what it gets changes nothing', async () => {
  expect(await ask(handOff, address, proven)).toMatchObject({ kind: 'bytes', purpose: 'handOff' });
  expect(await ask(handOff, address, proven.slice(0, -1))).toMatchObject({ kind: 'bytes', purpose: 'empty' });
});

describe('a bootstrap', () => {
  it('goes to whoever asks, and holds no secret', async () => {
    for (const from of [address, newcomersAddress, elsewhere]) {
      const answer = await ask('/8851-3PCC.xml', from);
      expect(answer).toMatchObject({ kind: 'bytes', purpose: 'bootstrap' });
      expect(answer.text).toContain('/device/$MA.xml');
      expect(answer.text).not.toContain('Maple');
    }
  });

  it('points a proven phone at its hand-off, and a handed-off one at nothing', async () => {
    expect((await ask('/8851-3PCC.xml', address, proven)).text).toContain('/handoff/$MA.xml');
    expect((await ask('/8851-3PCC.xml', address, goodLife)).text).not.toMatch(/device|handoff/);
  });
});

describe('parts', () => {
  const inParts = smallOrder('{ transport: http, parts: true }');
  const part = (name: string, from = address, life: readonly Fact[] = []): Promise<Answer> =>
    ask(`/part/${name}.xml`, from, life, new Map(), inParts);

  it('hold what phones share, and the phone’s own file the rest; what is not there is empty and never missing', async () => {
    const customer = await part('customer');
    expect(customer).toMatchObject({ kind: 'bytes', purpose: 'part' });
    expect(customer.text).toContain('sip.example.com');
    const own = (await ask(device, address, [], new Map(), inParts)).text;
    expect(own).toContain(secret);
    expect(own).toContain('GPP_P');
    expect(own).not.toContain('sip.example.com');
    for (const name of ['8851', '7841', '6821']) expect((await part(name)).text, name).toMatch(/<flat-profile\s*\/>/);
  });

  it('hold nothing for whoever is no phone of the job, and nothing once the hand-off is out', async () => {
    for (const from of [elsewhere, newcomersAddress])
      expect(await part('customer', from)).toMatchObject({ kind: 'bytes', purpose: 'empty' });
    expect(await part('customer', address, [...proven, fact.handOffDelivered])).toMatchObject({ kind: 'bytes', purpose: 'empty' });
  });

  it('are named by a phone’s rules in their order, its own file or its hand-off at last', async () => {
    const rules = async (from: string, life: readonly Fact[] = []): Promise<readonly (string | undefined)[]> => {
      const { text } = await ask('/8851-3PCC.xml', from, life, new Map(), inParts);
      return ['B', 'C', 'D'].map((letter) => new RegExp(`<Profile_Rule_${letter} ua="na">http://10.77.0.1([^<]*)<`).exec(text)?.[1]);
    };
    expect(await rules(address)).toEqual(['/part/8851.xml', '/part/customer.xml', '/device/$MA.xml']);
    expect(await rules(address, proven)).toEqual(['/part/8851.xml', '/part/customer.xml', '/handoff/$MA.xml']);
    expect(await rules(elsewhere)).toEqual(['/device/$MA.xml', undefined, undefined]);
  });

  it('carry no other mark than the whole would', () => {
    const whole = smallOrder();
    expect(inParts.deviceFile(inParts.of(mac)!).marker).toBe(whole.deviceFile(whole.of(mac)!).marker);
  });
});

it('names that are no profile are asked of the folder, and the enterprise image’s never', async () => {
  expect(await ask('/sip88xx.loads', elsewhere)).toMatchObject({ kind: 'file', purpose: 'folder' });
  expect(await ask('/SEPC4C603000001.cnf.xml', address)).toMatchObject({ kind: 'missing' });
});

describe('encrypted files', () => {
  const encrypted = smallOrder('{ encrypt: true }');
  const { bench: first, customer: last } = encrypted.of(mac)!.compiled.keys!;
  const keyed: readonly Fact[] = [...proven.slice(0, 4), fact.keyDelivered];
  const open = ({ raw }: Answer, pair: KeyPair): string | undefined => {
    const opened = decryptSalted(raw, pair.key.reveal(), 'sha256');
    return opened === undefined ? undefined : Buffer.from(opened).toString();
  };
  const askFor = (path: string, life: readonly Fact[] = []): Promise<Answer> => ask(path, address, life, new Map(), encrypted);

  it('come after a key that is given in the clear, to its phone alone, with nothing of the row', async () => {
    expect((await askFor('/8851-3PCC.xml')).text).toContain('/install/$MA.xml');
    const install = await askFor(`/install/${mac}.xml`);
    expect(install).toMatchObject({ kind: 'bytes', purpose: 'install', subject: mac });
    expect(install.text).toContain(first.key.reveal());
    for (const hidden of [secret, last.key.reveal(), last.directory.reveal(), 'sip.example.com'])
      expect(install.text).not.toContain(hidden);
    expect(await ask(`/install/${mac}.xml`, elsewhere, [], new Map(), encrypted)).toMatchObject({ because: 'not-its-own' });
    expect(await askFor(`/install/${mac}.xml`, goodLife)).toMatchObject({ because: 'handed-off' });
  });

  it('lie in the directory the phone was told, under the key of that directory', async () => {
    expect((await askFor('/8851-3PCC.xml', keyed)).text).toContain('[--key $A] http://10.77.0.1/$B/device/$MA.xml');
    for (const pair of [first, last]) {
      const answer = await askFor(`/${pair.directory.reveal()}/device/${mac}.xml`, keyed);
      expect(answer).toMatchObject({ kind: 'bytes', purpose: 'device' });
      expect(answer.text).not.toContain(secret);
      expect(open(answer, pair)).toContain(secret);
      expect(open(answer, pair)).toContain(last.directory.reveal());
    }
  });

  it.each(['', 'ab'.repeat(16)])('are not given from the directory %j, nor in the clear', async (directory) => {
    for (const file of ['device', 'handoff'])
      expect(await askFor(`/${directory}/${file}/${mac}.xml`, proven)).toMatchObject({ kind: 'refused', because: 'other-directory' });
  });

  it('of the hand-off hold nothing until the phone is proven, but are never in the clear', async () => {
    const path = `/${last.directory.reveal()}/handoff/${mac}.xml`;
    const before = await askFor(path, keyed);
    expect([before.purpose, open(before, last)?.includes('<flat-profile/>')]).toEqual(['empty', true]);
    const then = await askFor(path, proven);
    expect([then.purpose, open(then, last)?.includes('https://prov.example.com')]).toEqual(['handOff', true]);
  });

  it.each(['{ transport: http }', '{ transport: http, encrypt: { content: aes128gcm } }', '{ gzip: true }'])(
    'stay as they were for a phone that kept its row, whatever a later list delivers: %s',
    async (later) => {
      const order = revisedOrder('{ encrypt: true }', later);
      const { customer } = order.of(mac)!.compiled.keys!;
      expect((await ask('/8851-3PCC.xml', address, keyed, new Map(), order)).text).toContain(
        '[--key $A] http://10.77.0.1/$B/device/$MA.xml',
      );
      const answer = await ask(`/${customer.directory.reveal()}/device/${mac}.xml`, address, keyed, new Map(), order);
      expect(answer.text).not.toContain(secret);
      expect(open(answer, customer)).toContain(secret);
    },
  );
});

describe('behind an account', () => {
  const guarded = '{ transport: http, account: { user: bench, password: "{{admin}}" } }';
  const order = revisedOrder(guarded, guarded);
  const life = proven.slice(0, 4);
  const askFor = (path: string, lived: readonly Fact[], transport: 'http' | 'tftp' = 'http'): Promise<Answer> =>
    ask(path, address, lived, new Map(), order, transport);

  it('no file of a phone is given over TFTP, which cannot ask for it', async () => {
    for (const [path, lived] of [
      [device, life],
      [device, proven],
      [handOff, proven],
    ] as const)
      expect(await askFor(path, lived, 'tftp')).toMatchObject({ kind: 'refused', because: 'wrong-account', text: '' });
  });

  it('the device file and the hand-off ask for it, wherever the hand-off is looked for', async () => {
    const account = { user: 'bench' };
    expect(await askFor(device, life)).toMatchObject({ kind: 'bytes', purpose: 'device', account });
    for (const path of [device, handOff])
      expect(await askFor(path, proven), path).toMatchObject({ kind: 'bytes', purpose: 'handOff', account });
    expect(await askFor(handOff, life)).toMatchObject({ purpose: 'empty', account });
  });

  it('the rule that names both stays the same, and the phone is asked to follow it', async () => {
    const rule = async (lived: readonly Fact[]): Promise<string | undefined> =>
      /<Profile_Rule_B ua="na">([^<]*)</.exec((await askFor('/8851-3PCC.xml', lived)).text)?.[1];
    const [before, then] = [await rule(life), await rule(proven)];
    expect(before).toMatch(/^\[--uid bench --pwd .*\] http:\/\/10\.77\.0\.1\/device\/\$MA\.xml$/);
    expect(then).toBe(before);
    expect(order.pack.resyncPath(bench, order.of(mac)!.compiled, mac, 'handOff')).toBe('/admin/resync');
  });
});

describe.each(['{ parts: true, encrypt: true }', '{ parts: true, gzip: true, encrypt: { digest: md5 } }'])(
  'encrypted parts, %s',
  (delivery) => {
    const order = smallOrder(delivery);
    const { bench: first, customer: last } = order.of(mac)!.compiled.keys!;
    const keyed: readonly Fact[] = [...proven.slice(0, 4), fact.keyDelivered];
    const askFor = (path: string, life: readonly Fact[] = keyed): Promise<Answer> => ask(path, address, life, new Map(), order);
    const open = ({ raw }: Answer, pair: KeyPair): string | undefined => {
      const opened = decryptSalted(raw, pair.key.reveal(), delivery.includes('md5') ? 'md5' : 'sha256');
      if (opened === undefined) return undefined;
      return (opened[0] === 0x1f ? gunzipSync(opened) : Buffer.from(opened)).toString();
    };
    const rules = ({ text }: Answer): (string | undefined)[] =>
      ['B', 'C', 'D'].map((letter) =>
        new RegExp(`<Profile_Rule_${letter} ua="na">([^<]*)<`).exec(text)?.[1]?.replace('http://10.77.0.1', ''),
      );
    const named = ['[--key $A] /$B/part/8851.xml', '[--key $A] /$B/part/customer.xml', '[--key $A] /$B/device/$MA.xml'];
    const plain = (answer: Answer): Answer => (answer.raw[0] === 0x1f ? { ...answer, text: gunzipSync(answer.raw).toString() } : answer);

    it('are named once the phone has a key, by the file that brings it and by the bootstrap, which holds nothing of them', async () => {
      expect(rules(plain(await askFor('/8851-3PCC.xml', proven.slice(0, 4))))).toEqual(['/install/$MA.xml', undefined, undefined]);
      expect(rules(plain(await askFor(`/install/${mac}.xml`)))).toEqual(named);
      for (const life of [keyed, proven.toSpliced(4, 0, fact.keyDelivered)]) {
        const bootstrap = plain(await askFor('/8851-3PCC.xml', life));
        expect(rules(bootstrap)).toEqual(named);
        expect(bootstrap.text).not.toContain('sip.example.com');
      }
    });

    it('are each under the phone’s own key; what is not there is empty, and that, too', async () => {
      for (const pair of [first, last]) {
        const answer = await askFor(`/${pair.directory.reveal()}/part/customer.xml`);
        expect(answer).toMatchObject({ kind: 'bytes', purpose: 'part' });
        expect(open(answer, pair)).toContain('sip.example.com');
        const none = await askFor(`/${pair.directory.reveal()}/part/8851.xml`);
        expect(open(none, pair)).toMatch(/<flat-profile\/>/);
        expect(open(await askFor(`/${pair.directory.reveal()}/device/${mac}.xml`), pair)).not.toContain('sip.example.com');
      }
    });

    it('are not given in the clear, from another directory, nor to anybody else', async () => {
      for (const path of ['/part/customer.xml', `/${'ab'.repeat(16)}/part/customer.xml`])
        expect(await askFor(path)).toMatchObject({ kind: 'refused', because: 'other-directory' });
      const stolen = await ask(`/${last.directory.reveal()}/part/customer.xml`, elsewhere, [], new Map(), order);
      expect(stolen).toMatchObject({ kind: 'bytes', purpose: 'empty' });
    });

    it('the hand-off comes in the place of the phone’s own part, once it is proven', async () => {
      const path = `/${last.directory.reveal()}/device/${mac}.xml`;
      const then = await askFor(path, proven);
      expect([then.purpose, open(then, last)?.includes('https://prov.example.com')]).toEqual(['handOff', true]);
      const out = await askFor(`/${last.directory.reveal()}/part/customer.xml`, [...proven, fact.handOffDelivered]);
      expect([out.purpose, open(out, last)?.includes('sip.example.com')]).toEqual(['empty', false]);
    });
  },
);
