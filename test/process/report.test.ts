/** `report` and a bench started again show the board that was: the journal is all they have. */
import { expect, it } from 'vitest';
import { spellMac } from '../../engine/contract/mac.js';
import { runUntilAllPass } from './loopback-run.js';
import { type LineOf, Scratch } from './programs.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const count = 6;
const evidenceNames = ['lease', 'delivery', 'word', 'readBack', 'handOff'] as const;

it('a report equals what the bench said last, and so does the board after a restart', async () => {
  await using scratch = new Scratch();
  const files = { csv: scratch.write('phones.csv', csvOf(phones(count))), recipe: scratch.write('recipe.yaml', loopbackRecipe) };
  const { bench, virtual, args } = await runUntilAllPass(scratch, { ...files, count, third: 254 });
  bench.signal('SIGTERM');
  await bench.end(5000);
  const board = [...bench.latest('device').values()]
    .map(({ type: _type, at: _at, ...view }) => view)
    .sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  expect(board).toHaveLength(count);

  const report = async (format: string): Promise<string> => {
    const command = scratch.benchtone(['report', '--data', scratch.path('data'), '--format', format]);
    expect(await command.end(), command.stderr).toEqual({ code: 0, signal: null });
    return command.stdout;
  };
  const json = await report('json');
  expect(JSON.parse(json)).toMatchObject({
    job: { id: bench.of('ready')[0]?.job },
    counts: { devices: count, pass: count },
    devices: board,
  });
  expect(await report('csv')).toBe(['\uFEFF', ...[heading, ...board.map(csvLine)].map((line) => `${line}\r\n`)].join(''));

  virtual.signal('SIGTERM');
  await virtual.end(5000);
  const again = scratch.benchtone([...args, '--until-done']);
  expect(await again.end(20_000), again.told()).toEqual({ code: 0, signal: null });
  expect(again.of('summary')).toEqual([expect.objectContaining({ devices: count, pass: count })]);
  expect(await report('json')).toBe(json);
});

const heading = ['row', 'mac', 'model', 'address', 'state', 'verdict', ...evidenceNames, 'problem', 'name', 'extension', 'what_to_do'].join(
  ',',
);

function csvLine({ row, mac, model, address, state, verdict, evidence }: Omit<LineOf<'device'>, 'type' | 'at'>): string {
  return [
    row,
    spellMac(mac as Parameters<typeof spellMac>[0]),
    model,
    address,
    state,
    verdict,
    ...evidenceNames.map((name) => evidence[name]?.at ?? ''),
    '',
    `Desk ${row}`,
    2000 + (row ?? 0),
    '"ready, unplug it and box it"',
  ].join(',');
}
