/**
 * Writes the profiles of a list as the product does, in threads, and says how fast that went and how long the event loop was kept:
 * `write-profiles.ts LIST RECIPE FOLDER THREAD-PROGRAM [watch]`; the loop is watched, a thousand times a second, only where it is asked for. Its clock starts when the rows are read and checked.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type { PlainKeys } from '../../../engine/bench/writing/planner.js';
import { batchRows, Crew } from '../../../engine/bench/writing/write.js';
import type { Mac } from '../../../engine/contract/mac.js';
import { newPhoneKeys } from '../../../engine/profiles/phone-keys.js';
import { readJob } from '../../../engine/profiles/read-job.js';
import { newKey } from '../../../engine/store/keys.js';

const [list = '', recipeFile = '', folder = '', program = '', watch] = process.argv.slice(2);
await using crew = new Crew(2, pathToFileURL(program));
const applied = new Map();
const { recipe, rows } = readJob(readFileSync(list), readFileSync(recipeFile, 'utf8'), { keep: applied });
if (recipe === undefined) throw new Error('the recipe is not sound');
const encrypted = recipe.delivery.encrypt !== undefined;
mkdirSync(folder, { recursive: true });

const delay = monitorEventLoopDelay({ resolution: 1 });
if (watch === 'watch') delay.enable();
const began = performance.now();
let at = 0;
const written = await crew.write({
  recipe,
  jobKey: newKey(),
  folder,
  kinds: ['device'],
  applied,
  next() {
    const some = rows.slice(at, at + batchRows);
    at += batchRows;
    const keys = encrypted ? some.flatMap(({ mac }) => (mac === null ? [] : [[mac, newKeys()] as [Mac, PlainKeys]])) : [];
    return some.length === 0 ? undefined : { rows: some, keys };
  },
});
const seconds = (performance.now() - began) / 1000;
delay.disable();
if ('reason' in written || written.files !== rows.length) throw new Error(`not all was written: ${JSON.stringify(written)}`);
process.stdout.write(`${JSON.stringify({ perSecond: written.files / seconds, blockedMs: delay.max / 1e6 })}\n`);

function newKeys(): PlainKeys {
  const { bench, customer } = newPhoneKeys();
  return [bench.key.reveal(), bench.directory.reveal(), customer.key.reveal(), customer.directory.reveal()];
}
