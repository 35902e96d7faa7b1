/** Every call of the contract: what it gives is as the contract says, and what is not a call is refused without effect. */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallName, calls } from '../../../engine/contract/calls.js';
import { Rig } from './rig.js';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(() => rig[Symbol.asyncDispose]());

/** What a call with effect would change. */
async function world(): Promise<unknown> {
  const { epoch: _epoch, ...board } = await rig.call('board.snapshot', {});
  return { board, jobs: await rig.call('jobs.list', {}), settings: await rig.call('settings.read', {}) };
}

const template = {
  template: 'x'.repeat(24),
  files: ['a.xml'],
  name: 'Acme',
  decisions: { map: {}, set: {}, rename: {}, drop: [], keep: [] },
};

/** An input each call takes; those that would begin something name what is not there. */
const samples: { readonly [Name in CallName]: object } = {
  'app.info': {},
  'settings.read': {},
  'settings.write': { language: 'ja', theme: 'dark' },
  'files.upload': { name: 'a.csv', base64: 'bWFj' },
  'files.choose': { what: 'csv' },
  'files.save': { name: 'a.csv', content: { text: 'x' } },
  'dhcp.lookup': { query: '' },
  'dhcp.restart': {},
  'dhcp.explain': { mac: '0004f2aabbcc' },
  'site.settings': { interface: 'lo' },
  'phone.messages': { mac: '0004f2aabbcc' },
  'phone.capture': { mac: null },
  'phone.report': { file: '20261124T044105Z-00562b043615-0123456789ab.xml' },
  'serving.read': {},
  'serving.write': { mostTransfers: 12, fileMemory: 64 },
  'syslog.lines': { mac: null, limit: 10 },
  'doctor.repair': { remedy: 'ports', undo: false, interface: 'lo' },
  'jobs.close': { job: '1' },
  'parameters.list': {},
  'recipes.list': {},
  'interfaces.list': {},
  'interfaces.unready': {},
  'doctor.run': { interface: 'lo' },
  'draft.check': { csv: 'x'.repeat(24), recipe: null, encoding: 'utf-8' },
  'draft.preview': { draft: 'x'.repeat(24), row: 1 },
  'draft.asks': { draft: 'x'.repeat(24), row: 1 },
  'recipes.read': { recipe: 'starter:office' },
  'recipes.edit': { text: 'name: x\n', edits: [{ path: ['name'], value: 'y' }] },
  'recipes.take': { name: 'r.yaml', text: 'name: x\n' },
  'device.preview': { job: 'none', mac: '00562b043615' },
  'draft.changes': { draft: 'x'.repeat(24), job: '1', skipBad: false },
  'draft.remember': { recipe: 'starter:office', columns: { mac: 'Hardware' } },
  'draft.handOff': { draft: 'x'.repeat(24), row: 1 },
  'device.handOff': { job: 'none', mac: '00562b043615' },
  'keys.count': { job: 'none' },
  'keys.rotate': { job: 'none', mac: null },
  'keys.export': { job: 'none', passphrase: 'long enough 1' },
  'template.open': { file: 'x'.repeat(24) },
  'template.read': template,
  'template.use': template,
  'bench.start': { draft: 'x'.repeat(24), interface: 'lo', skipBad: false, dhcp: true },
  'bench.resume': { job: 'none', interface: 'lo', dhcp: true },
  'bench.demo': { phones: 1, fault: 0 },
  'bench.stop': {},
  'board.snapshot': {},
  'jobs.list': {},
  'jobs.board': { job: 'none' },
  'device.page': { job: 'none', mac: '00562b043615' },
  'report.csv': { job: 'none' },
};
const names = Object.keys(calls) as CallName[];

describe('malformed input', () => {
  /** A sound input with one thing wrong: a field more, a field less, a field of another kind. */
  const spoilt = (name: CallName) =>
    fc
      .tuple(fc.constantFrom(...Object.keys(samples[name]), 'extra', '__proto__'), fc.jsonValue())
      .map(([field, value]) => Object.assign(structuredClone(samples[name]), Object.fromEntries([[field, value]])));

  it.each(names)('of %s is refused and changes nothing', async (name) => {
    const before = await world();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), spoilt(name), fc.constantFrom(undefined, null, [], 'x', 1)), async (input) => {
        fc.pre(!calls[name].input.safeParse(input).success);
        expect(await rig.desk.call(name, input)).toMatchObject({ ok: false, error: { code: 'call.invalid', params: { name } } });
      }),
      { numRuns: 60 },
    );
    expect([await world(), rig.logged]).toEqual([before, []]);
  });

  it('is no call by any other name', async () => {
    const before = await world();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'bench.Start', 'x'.repeat(9999))),
        async (name) => {
          fc.pre(!Object.hasOwn(calls, name));
          const answer = await rig.desk.call(name, {});
          expect(answer).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
          expect(JSON.stringify(answer).length).toBeLessThan(1000);
        },
      ),
    );
    expect(await world()).toEqual(before);
  });
});

describe('a sound call', () => {
  it.each(names.filter((name) => !/^bench\.(?:demo|start)|^doctor/.test(name)))('%s answers as the contract says', async (name) => {
    const answer = await rig.desk.call(name, samples[name]);
    if (answer.ok) calls[name].output.parse(answer.value);
    else expect(answer.error.code).toMatch(/^(?:call\.not-here|[a-z]+\.(?:gone|unknown|none))$/);
    expect(rig.logged).toEqual([]);
  });

  it('keeps settings, in the data folder', async () => {
    expect(await rig.call('settings.read', {})).toEqual({ language: null, theme: 'auto' });
    await rig.call('settings.write', { language: 'ja' });
    await rig.call('settings.write', { theme: 'dark' });
    await rig.reopen();
    expect(await rig.call('settings.read', {})).toEqual({ language: 'ja', theme: 'dark' });
  });

  it('keeps how files are served; what is set to nothing that can be is as if never set', async () => {
    expect(await rig.call('serving.read', {})).toEqual({ mostTransfers: null, fileMemory: 512 });
    await rig.call('serving.write', { mostTransfers: 12, fileMemory: 64 });
    await rig.reopen();
    expect(await rig.call('serving.read', {})).toEqual({ mostTransfers: 12, fileMemory: 64 });
    await rig.call('serving.write', { mostTransfers: null, fileMemory: 0 });
    expect(await rig.call('serving.read', {})).toEqual({ mostTransfers: null, fileMemory: 0 });
  });

  it('gives what a phone sent, as it came, and nothing else of that folder', async () => {
    const [folder, name] = [join(rig.folder, 'data/uploads'), '20261124T044105Z-00562b043615-0123456789ab.tar.gz'];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), Buffer.from('1f8b00ff', 'hex'));
    writeFileSync(join(folder, 'other'), 'other');
    const large = '20261124T044106Z-00562b043615-0123456789ab.bin';
    writeFileSync(join(folder, large), '');
    truncateSync(join(folder, large), 20_000_001);
    expect(await rig.call('phone.report', { file: name })).toEqual({ name, base64: 'H4sA/w==' });
    for (const file of ['other', '../benchtone.sqlite', `x/${name}`, name.replace('ab.', 'ac.')])
      expect(await rig.refusal('phone.report', { file })).toBe('upload.gone');
    expect(await rig.refusal('phone.report', { file: large })).toBe('upload.too-large');
  });

  it('lists the starter recipes, and interfaces with loopback last', async () => {
    expect(await rig.call('recipes.list', {})).toEqual([{ id: 'office', name: 'Office, one line per phone' }]);
    expect((await rig.call('interfaces.list', {})).at(-1)).toMatchObject({ name: 'lo', proposed: false });
  });

  it('runs the doctor on one interface', async () => {
    const checks = await rig.call('doctor.run', { interface: 'lo' });
    expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(['data', 'interface', 'default-route', 'port.dhcp', 'foreign-dhcp']));
  });
});

describe('trouble', () => {
  it('of our own making is told as such and logged, and leaves no bench behind', async () => {
    await rig.reopen({
      startPhones: () => {
        throw new Error('no phones today');
      },
    });
    expect(await rig.refusal('bench.demo', { phones: 1, fault: 0 })).toBe('call.failed');
    expect(rig.logged.join()).toContain('no phones today');
    expect((await rig.call('board.snapshot', {})).bench).toBeNull();
    await rig.reopen();
    await rig.call('bench.demo', { phones: 1, fault: 0 });
  });

  it('with the phones is a notice: their program ended before the bench', async () => {
    await rig.reopen({ startPhones: () => ({ ended: Promise.resolve(), stop: () => Promise.resolve() }) });
    await rig.call('bench.demo', { phones: 1, fault: 0 });
    const { bench } = await rig.call('board.snapshot', {});
    expect(bench?.notices.map(({ code }) => code)).toEqual(['phones.gone']);
  });

  it('is none: a closed desk only says that it is closed', async () => {
    const { desk } = rig;
    await desk[Symbol.asyncDispose]();
    await desk[Symbol.asyncDispose]();
    expect(await desk.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'call.closed' } });
  });
});
