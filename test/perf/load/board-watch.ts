/**
 * board-watch ADDRESS CSV RECIPE INTERFACE PHONES: opens the window's host at the address it printed, starts a bench as the window does,
 * and reads the board's batches until all phones have passed. Prints "running", and at the end one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { type Answer, type CallName, calls, event, type Input, type Output } from '../../../engine/contract/calls.js';

const [address = '', csv = '', recipe = '', interfaceName = '', phones = '0'] = process.argv.slice(2);
const entrance = new URL(address);
const cookie = await signIn();

async function signIn(): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request(entrance, (response) => {
    response.resume();
    resolve(response.headers['set-cookie']?.[0]?.split(';')[0] ?? '');
  })
    .on('error', reject)
    .end();
  return promise;
}

async function call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { cookie, origin: entrance.origin, 'content-type': 'application/json', 'x-benchtone': '1' };
  request(new URL('/api/call', entrance), { method: 'POST', headers }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => (text += part));
    response.on('end', () => resolve(text));
  })
    .on('error', reject)
    .end(JSON.stringify({ name, input }));
  const answer = JSON.parse(await promise) as Answer<Name>;
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return calls[name].output.parse(answer.value) as Output<Name>;
}

const take = async (name: string, file: string): Promise<string> => {
  const { handle } = await call('files.upload', { name, base64: readFileSync(file).toString('base64') });
  return handle;
};

/** How late a batch is: from the oldest news in it until it is here, milliseconds. */
let latest = 0;
let longestGap = 0;
/** How long this program, which does next to nothing, was itself held up at most: what the machine does to everybody. */
let held = 0;
const every = 10; // ms
let ticked = performance.now();
setInterval(() => {
  held = Math.max(held, performance.now() - ticked - every);
  ticked = performance.now();
}, every);
let batches = 0;
let before = Date.now();
const passed = new Map<string, number>();

function hear(line: string): void {
  const now = Date.now();
  const batch = event.parse(JSON.parse(line));
  if (batch.kind !== 'batch') return;
  batches += 1;
  for (const { mac, verdict, lastWords } of batch.devices) {
    if (lastWords !== null && !passed.has(mac)) latest = Math.max(latest, now - Date.parse(lastWords.at));
    if (verdict === 'pass' && !passed.has(mac)) passed.set(mac, now);
  }
  if (passed.size > 0 && passed.size < Number(phones)) longestGap = Math.max(longestGap, now - before);
  before = now;
  if (passed.size === Number(phones)) end();
}

function end(): void {
  const times = [...passed.values()].toSorted((a, b) => a - b);
  process.stdout.write(`${JSON.stringify({ last: times.at(-1), first: times[0], latest, longestGap, batches, held: Math.round(held) })}\n`);
  process.exit(0);
}

request(new URL('/api/events', entrance), { headers: { cookie } }, (response) => {
  let rest = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) hear(line.slice('data: '.length));
  });
}).end();

const drafted = await call('draft.check', { csv: await take('mass.csv', csv), recipe: await take('mass.yaml', recipe) });
const problem = drafted.problems.find(({ severity }) => severity === 'error');
if (problem !== undefined) throw new Error(JSON.stringify(problem));
await call('bench.start', { draft: drafted.draft, interface: interfaceName, skipBad: false, dhcp: true });
process.stdout.write('running\n');
