/** Files as they will be, made up and thrown away, so that what makes them has been compiled by the time there are rows. */
import { devNull } from 'node:os';
import { DeskWork } from './desk.js';
import { between } from '../../phones/pack.js';
import { betweenRows, type FilePlan, type Packet } from './packet.js';

/** Less than a tenth of a second, in turns of half a millisecond, while the list is read. */
const turns = 160;
const rowsInTurn = 32;
const holes = 24;

/** Makes some files at each step. */
export function* practice(): Generator<undefined, void, undefined> {
  const desk = new DeskWork({ folder: '', markerKey: new Uint8Array(32) });
  const packet = structuredClone(madeUp()); // as it comes from another thread, or it would be compiled for another form of objects
  for (let turn = 0; turn < turns; turn += 1) {
    desk.write(packet);
    yield;
  }
}

function madeUp(): Packet {
  const numbers = Array.from({ length: holes }, (_, i) => i);
  const plan: FilePlan = {
    name: [devNull],
    start: { pieces: ['', ...numbers.map((i) => `${'.'.repeat(200)}${i}`)], holes: numbers },
    end: '.',
    gzip: false,
    mark: ['<', '>'],
  };
  const rows = Array.from({ length: rowsInTurn }, (_, i) => i);
  return {
    plans: [[0, [plan]]],
    planOf: rows.map(() => 0),
    macs: rows.map(() => ''),
    texts: rows.map((row) => numbers.map((i) => `${row} <${i}>`).join(between)).join(betweenRows),
    keys: rows.map(() => ''),
  };
}
