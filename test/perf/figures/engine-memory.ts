/**
 * Memory of an idle bench beside that of a bare Node program with one UDP and one TCP server: resident set, some time after each is ready.
 * Ours is the whole product: `run` with its job open and all services listening.
 */
import type { Program } from '../../interop/namespaces.js';
import type { Figure } from '../figure.js';
import { oneRow, type PerfLab, residentMiB } from '../lab.js';

const bareServer = `
  const udp = require('node:dgram').createSocket('udp4').bind(69);
  require('node:http').createServer((_, answer) => answer.end()).listen(80, () => console.log('ready'));
`;

/** How long a program settles before it is looked at, in milliseconds. */
const settleMs = 2000;

export const figure: Figure = {
  name: 'engine-memory',
  unit: 'MiB',
  better: 'lower',
  must: { node: 2 },
  aim: { node: 1.5 },
  runs: 5,
  contestants: (lab) =>
    Promise.resolve([
      { name: 'ours', run: () => settled(lab.bench(['--csv', oneRow(lab.folder), '--unlisted', 'any'])) },
      { name: 'node', run: () => settled(bare(lab)) },
    ]),
};

async function bare(lab: PerfLab): Promise<Program> {
  const program = lab.spawnServer([process.execPath, '-e', bareServer]);
  await program.line(/ready/);
  return program;
}

async function settled(starting: Promise<Program>): Promise<number> {
  await using program = await starting;
  await new Promise((done) => setTimeout(done, settleMs));
  return residentMiB(program.process.pid ?? 0);
}
