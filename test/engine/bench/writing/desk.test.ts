/** Files written from plans are, to the byte, those that the bench would serve. */
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DeskWork } from '../../../../engine/bench/writing/desk.js';
import { type FileKind, fileKinds, fileName } from '../../../../engine/bench/writing/files.js';
import { type PlainKeys, Planner } from '../../../../engine/bench/writing/planner.js';
import { practice } from '../../../../engine/bench/writing/practice.js';
import { cutAt, fillStencil, newMarks } from '../../../../engine/bench/writing/stencil.js';
import { Crew } from '../../../../engine/bench/writing/write.js';
import type { Mac } from '../../../../engine/contract/mac.js';
import { Secret } from '../../../../engine/contract/secret.js';
import type { Compiled, Made } from '../../../../engine/phones/pack.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import type { Recipe, Row } from '../../../../engine/profiles/job.js';
import { neverRotated } from '../../../../engine/profiles/phone-keys.js';
import { packFile } from '../../../../engine/profiles/packing/pack-file.js';
import { deriveKey } from '../../../../engine/store/keys.js';
import { listOfRows, recipeOf, recipes } from '../../phones/cisco-mpp/alike-rows.js';

const pack = packNamed('cisco-mpp')!;
const jobKey = new Uint8Array(32).fill(9);
const markerKey = deriveKey(jobKey, 'marker');
const plain: PlainKeys = ['a1'.repeat(32), 'b2'.repeat(16), 'c3'.repeat(32), 'd4'.repeat(16)];
const [bench, customer] = [0, 2].map((i) => ({ key: new Secret(plain[i]!), directory: new Secret(plain[i + 1]!) })) as [never, never];
const scratch = mkdtempSync(join(tmpdir(), 'benchtone-writing-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const whole = "parameters:\n  Display_Name_1_: '{{name}}'\n  Station_Name: 'of {{name}} & <{{name}}>'\n  User_ID_1_: '{{ extension }}'\n";
const all = [
  ...recipes,
  ['in parts', `benchtone: 1\nname: parts\nphones: cisco-mpp\ndelivery: { parts: true }\n${whole}`],
  [
    'in HTTP’s own coding',
    `benchtone: 1\nname: content\nphones: cisco-mpp\ndelivery: { gzip: true, encrypt: { content: aes128gcm } }\n${whole}`,
  ],
] as const;

/** What the bench serves, and what of it lies in a folder. */
function served(recipe: Recipe, row: Row): readonly (readonly [string, string])[] {
  const found = pack.compile(recipe, row).compiled;
  if (found === undefined || row.mac === null) return [];
  const compiled = found.encryption === undefined ? found : pack.withKeys(found, neverRotated(bench, customer));
  const packed = ({ bytes }: Made, kind: FileKind): Uint8Array => {
    const how = kind === 'install' ? undefined : found.encryption;
    const encryption = how === undefined ? {} : { encryption: { how, pair: customer } };
    return packFile(bytes, { gzip: pack.gzips(recipe, row.model), ...encryption }).bytes;
  };
  const made: Readonly<Record<FileKind, (mac: Mac) => readonly (readonly [string, Made])[]>> = {
    device: (mac) => [[fileName('device', mac), pack.device(withoutParts(compiled), markerKey)]],
    handOff: (mac) => [[fileName('handOff', mac), pack.handOff(compiled)]],
    production: (mac) => [[fileName('production', mac), pack.production(compiled)]],
    install: (mac) => (compiled.keys === undefined ? [] : [[fileName('install', mac), pack.install(compiled)]]),
    parts: (mac) => {
      const { common, model, customer: ours, phone } = pack.parts(compiled);
      const own = compiled.keys !== undefined;
      return [
        [own ? `parts/common/${mac}.xml` : 'parts/common.xml', common],
        [`parts/model/${own ? mac : row.model}.xml`, model],
        [own ? `parts/customer/${mac}.xml` : 'parts/customer.xml', ours],
        [fileName('parts', mac), phone],
      ];
    },
  };
  const { mac } = row;
  return fileKinds.flatMap((kind) => made[kind](mac).map(([name, file]) => [name, hexOf(packed(file, kind))] as const));
}

function withoutParts({ parts: _parts, ...compiled }: Compiled): Compiled {
  return compiled;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(scratch, 'out-'));
  for (const name of ['handoff', 'install', 'production', 'parts/common', 'parts/model', 'parts/customer', 'parts/phone'])
    mkdirSync(join(folder, name), { recursive: true });
  return folder;
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.toSorted().map((name) => [name, hexOf(readFileSync(join(folder, name)))]));
}

/** Each MAC once, as in a list that may be served. */
function unlike(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, i) => (row.mac === null ? row : { ...row, mac: `c4c603${i.toString(16).padStart(6, '0')}` as Mac }));
}

describe.each(all)('the files of rows with the recipe %s', (_name, text) => {
  it('are those that each phone would be served', async () => {
    await fc.assert(
      fc.asyncProperty(listOfRows.map(unlike), async (rows) => {
        const recipe = recipeOf(text);
        const expected = new Map(rows.flatMap((row) => served(recipeOf(text), row)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
        const keys = rows.flatMap(({ mac }) => (mac === null ? [] : [[mac, plain] as const]));
        const applied = new Map(
          rows.flatMap((row) => (pack.compile(recipe, row).alike === undefined ? [] : [[row, pack.compile(recipe, row).alike!] as const])),
        );
        const folder = emptyFolder();
        const batches = [
          { rows: rows.slice(0, 3), keys },
          { rows: rows.slice(3), keys },
        ];
        await using crew = new Crew(1, undefined);
        const written = await crew.write({ recipe, jobKey, folder, kinds: fileKinds, applied, next: () => batches.shift() });
        expect(filesIn(folder)).toEqual(expected);
        expect(written).toEqual({ files: expected.size });
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 25 },
    );
  });
});

describe('a desk', () => {
  const recipe = recipeOf(`benchtone: 1\nname: one\nphones: cisco-mpp\n${whole}`);
  const row = (mac: string, name: string): Row => ({ row: 1, line: 2, mac: mac as Mac, model: '8851', values: { name, extension: '201' } });

  it('writes names longer than its page, and files for their owner alone', () => {
    const folder = emptyFolder();
    const rows = [row('c4c603000001', 'short'), row('c4c603000002', 'Ä'.repeat(4000)), row('c4c603000003', 'short & sweet')];
    const work = new DeskWork({ folder, markerKey });
    expect(work.write(new Planner(pack, recipe, ['device'], new Map()).packet({ rows, keys: [] }, new Set()))).toEqual({ files: 3 });
    for (const each of rows)
      expect(filesIn(folder).get(`${each.mac!}.xml`)).toBe(hexOf(pack.device(pack.compile(recipe, each).compiled!, markerKey).bytes));
    expect(statSync(join(folder, 'c4c603000001.xml')).mode & 0o777).toBe(0o600);
  });

  it('says why it cannot write', () => {
    const work = new DeskWork({ folder: join(scratch, 'nowhere'), markerKey });
    const packet = new Planner(pack, recipe, ['device'], new Map()).packet({ rows: [row('c4c603000001', 'x')], keys: [] }, new Set());
    expect(work.write(packet)).toEqual({ reason: 'ENOENT' });
  });

  it('practises without leaving a file', () => {
    const before = readdirSync('.');
    for (const _turn of practice());
    expect(readdirSync('.')).toEqual(before);
  });
});

it('a text is cut at its marks and filled again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.nat({ max: 4 }))), fc.string(), (parts, end) => {
      const marks = newMarks(5);
      const texts = ['one', '', 'three', '$&', '4'];
      const join_ = (at: readonly string[]): string => parts.map(([piece, i]) => piece + (at[i] ?? '')).join('') + end;
      expect(fillStencil(cutAt(join_(marks), marks), texts)).toBe(join_(texts));
    }),
  );
});
