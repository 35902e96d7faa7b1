/** What a second list of a job changes, and which rows its next revision has. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Changes, compareRows, nextRows, type Standing } from '../../../engine/bench/changes.js';
import type { Mac } from '../../../engine/contract/mac.js';
import { packNamed } from '../../../engine/phones/packs.js';
import type { Recipe, Row } from '../../../engine/profiles/job.js';
import { readJob } from '../../../engine/profiles/read-job.js';
import type { KeptRow } from '../../../engine/store/jobs.js';

const pack = packNamed('cisco-mpp')!;
const recipeText = `benchtone: 1
name: Acme
phones: cisco-mpp
parameters:
  Display_Name_1_: "{{name}}"
  User_ID_1_: "{{extension}}"
  Password_1_: "{{sip_password}}"
`;
const heading = 'mac,model,name,extension,sip_password,room\n';
const macs = ['00562b043611', '00562b043612', '00562b043613', '00562b043614'].map((each) => each as Mac);
const line = (mac: string, name: string, extension: string, password = 'Otter-41-x', room = 'A', model = '8851'): string =>
  `${[mac, model, name, extension, password, room].join(',')}\n`;

function read(lines: readonly string[], recipe = recipeText): { recipe: Recipe; rows: readonly Row[] } {
  const job = readJob(Buffer.from(heading + lines.join('')), recipe);
  if (job.recipe === undefined) throw new Error(JSON.stringify(job.problems));
  return { recipe: job.recipe, rows: job.rows };
}

type Phone = { readonly mac: Mac; readonly standing: Standing };

function compare(
  before: readonly string[],
  after: readonly string[],
  { phones = {}, recipe }: { phones?: Readonly<Record<number, Phone>>; recipe?: string } = {},
): Changes & { readonly kept: readonly KeptRow[] } {
  const old = read(before);
  const kept = old.rows.map((row) => ({ row, revision: 1, since: 1, dropped: false }));
  return { kept, ...compareRows({ pack, kept, recipeOf: () => old.recipe, phoneOf: (row) => phones[row], ...read(after, recipe) }) };
}

const told = ({ changes, same }: Changes): readonly string[] => [
  ...changes.map((change) => {
    const row = change.kind === 'removed' ? change.before.row : change.after;
    return [change.kind, row.values['name'], ...(change.kind === 'changed' ? change.parameters.map(({ tag }) => tag) : [])].join(' ');
  }),
  ...same.map(({ after }) => `same ${after.values['name']}`),
];

describe('a second list', () => {
  const [anna, ben, cleo] = [line(macs[0]!, 'Anna', '1'), line(macs[1]!, 'Ben', '2'), line('', 'Cleo', '3')];

  it('that says the same of every phone changes nothing, in whatever order and with whatever notes', () => {
    const noted = line(macs[1]!, 'Ben', '2', 'Otter-41-x', 'another room');
    expect(told(compare([anna, ben, cleo], [cleo, noted, anna]))).toEqual(['same Cleo', 'same Ben', 'same Anna']);
  });

  it('shows what is new, what is gone, and which parameters of whom are different; no secret', () => {
    const compared = compare([anna, ben, cleo], [line(macs[0]!, 'Anna', '11', 'Birch-77-x'), cleo, line(macs[2]!, 'Dora', '4')]);
    expect(told(compared)).toEqual(['changed Anna User_ID_1_ Password_1_', 'added Dora', 'removed Ben', 'same Cleo']);
    const [changed] = compared.changes;
    expect(changed).toMatchObject({
      parameters: [
        { tag: 'User_ID_1_', before: '1', after: '11' },
        { tag: 'Password_1_', before: '********', after: '********' },
      ],
    });
    expect(JSON.stringify(changed?.kind === 'changed' ? changed.parameters : '')).not.toMatch(/Otter|Birch/);
  });

  it('and another way to encrypt are a change for every phone: its key is of another form', () => {
    const encrypted = (how: string): string => `${recipeText}delivery: { transport: http, encrypt: ${how} }\n`;
    const forms = ['{ digest: sha256, keep: true }', '{ digest: md5, keep: true }', '{ content: aes128gcm, keep: true }'];
    const old = read([anna], encrypted(forms[0]!));
    const kept = old.rows.map((row) => ({ row, revision: 1, since: 1, dropped: false }));
    const [same, ...others] = forms.map((each) =>
      told(compareRows({ pack, kept, recipeOf: () => old.recipe, phoneOf: () => undefined, ...read([anna], encrypted(each)) })),
    );
    expect(same).toEqual(['same Anna']);
    for (const other of others) expect(other).toEqual(['changed Anna encryption']);
  });

  it('and a changed recipe are compared by what phones are sent', () => {
    const recipe = `# a comment\n${recipeText}  Time_Format: 24hr\n`;
    expect(told(compare([anna], [anna], { recipe }))).toEqual(['changed Anna Time_Format']);
    expect(told(compare([anna], [anna], { recipe: `# a comment\n${recipeText}` }))).toEqual(['same Anna']);
  });

  it('may give a row the MAC it got on the bench, and is then about the same phone', () => {
    const phones = { 1: { mac: macs[3]!, standing: 'handedOff' } } as const;
    expect(told(compare([cleo], [line(macs[3]!, 'Cleo', '3')], { phones }))).toEqual(['same Cleo']);
    expect(told(compare([cleo], [line(macs[3]!, 'Cleo', '33')], { phones }))).toEqual(['changed Cleo User_ID_1_']);
  });

  it('that gives a row another MAC is about another phone', () => {
    expect(told(compare([anna], [line(macs[3]!, 'Anna', '1')]))).toEqual(['added Anna', 'removed Anna']);
    expect(told(compare([cleo, line('', 'Cleo', '5')], [line('', 'Cleo', '3')]))).toEqual(['removed Cleo', 'same Cleo']);
  });

  it('leaves phones that were handed off as they are, unless a person says otherwise', () => {
    const phones = { 1: { mac: macs[0]!, standing: 'handedOff' }, 2: { mac: macs[1]!, standing: 'handedOff' } } as const;
    const compared = compare([anna, ben, cleo], [line(macs[0]!, 'Anna', '11'), line(macs[2]!, 'Dora', '4')], { phones });
    const next = (moves: boolean): readonly string[] =>
      nextRows(compared, compared.kept, 2, () => moves).map(
        ({ row, revision, since, dropped }) =>
          `${row.row} ${row.values['name']} ${row.values['extension']} r${revision} since ${since}${dropped ? ' dropped' : ''}`,
      );
    expect(next(false)).toEqual(['1 Anna 1 r1 since 1', '4 Dora 4 r2 since 2', '2 Ben 2 r1 since 1 dropped']);
    expect(next(true)).toEqual(['1 Anna 11 r2 since 2', '4 Dora 4 r2 since 2', '2 Ben 2 r1 since 1 dropped']);
  });

  it('says of every row where it stands in the newest list, also of one whose phone keeps what it has', () => {
    const phones = { 2: { mac: macs[1]!, standing: 'handedOff' } } as const;
    const compared = compare([anna, ben], [line(macs[2]!, 'Dora', '4'), line(macs[1]!, 'Ben', '22'), anna], { phones });
    const next = nextRows(compared, compared.kept, 2, () => false);
    expect(next.map(({ row }) => [row.line, row.values['name'], row.values['extension']])).toEqual([
      [4, 'Anna', '1'],
      [2, 'Dora', '4'],
      [3, 'Ben', '2'],
    ]);
  });

  it('changes nothing the second time, whatever it was, and never gives two rows one number', () => {
    const person = fc.record({
      mac: fc.constantFrom('', ...macs),
      name: fc.constantFrom('Anna', 'Ben', 'Cleo'),
      extension: fc.constantFrom('1', '2', '3', ''),
      password: fc.constantFrom('Otter-41-x', 'Birch-77-x'),
    });
    const list = fc
      .uniqueArray(person, { maxLength: 6, selector: ({ mac, name }) => (mac === '' ? name : mac) })
      .map((people) => people.map(({ mac, name, extension, password }) => line(mac, name, extension, password)));
    fc.assert(
      fc.property(list, list, (before, after) => {
        fc.pre(after.length > 0 && before.length > 0);
        const first = compare(before, after);
        const rows = nextRows(first, first.kept, 2, () => true);
        expect(new Set(rows.map(({ row }) => row.row)).size).toBe(rows.length);
        expect(rows).toHaveLength(after.length);
        const fresh = read(after);
        const again = compareRows({ pack, kept: rows, recipeOf: () => fresh.recipe, phoneOf: () => undefined, ...fresh });
        // Two rows nobody can tell apart may be taken for one gone and one new; those with an identity never are.
        const known = ({ mac }: Row): boolean => mac !== null;
        expect(again.changes.filter((change) => known(change.kind === 'removed' ? change.before.row : change.after))).toEqual([]);
      }),
      { numRuns: 500, seed: 61 },
    );
  });
});
