/** `ui`: the window in a browser, on loopback. Prints one address to begin with, and serves until it is told to end. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk } from '../engine/desk.js';
import type { Refusal } from '../engine/contract/problem.js';
import { systemClock } from '../engine/services/service.js';
import { installationKey } from '../engine/store/keys.js';
import { type Given, numberOf, textOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { ending } from './life.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import type { Surroundings } from './surroundings.js';
import { openBrowser } from './ui/open-browser.js';
import { startUiServer } from './ui/server.js';
import { VirtualPhones } from './virtual-phones.js';

/** How long everything may take to close, in milliseconds: it has to be over within five seconds. */
const closeWithinMs = 4000;
/** Refused requests told on standard error; who sends more is not told of again. */
const toldLimit = 50;

export async function ui(
  given: Given,
  output: Output,
  { environment, phonesProgram, windowFolder, version }: Surroundings,
): Promise<number> {
  using end = ending();
  const refuse = (refusal: Refusal): number => {
    output.refuse(refusal);
    return exitCodeOf(refusal);
  };
  const port = numberOf(given, 'port', { min: 0, max: 65_535, whole: true }, 0);
  if (!port.ok) return refuse(port.refusal);
  if (!existsSync(join(windowFolder, 'index.html'))) return refuse(usage('usage.not-built', { folder: windowFolder }).refusal);
  const key = installationKey(keyFile(environment));
  if (!key.ok) return refuse(key.refusal);
  const desk = await openDesk({
    dataFolder: dataFolder(environment, textOf(given, 'data')),
    installationKey: key.value,
    host: 'browser',
    version,
    clock: systemClock,
    startPhones: (args) => new VirtualPhones(phonesProgram, args),
    checkOutput: environment['BENCHTONE_CHECK_OUTPUT'] === '1',
  });
  if (!desk.ok) return refuse(desk.refusal);
  let told = 0;
  const server = await startUiServer({
    desk: desk.value,
    folder: windowFolder,
    port: port.value,
    installationKey: key.value,
    clock: systemClock,
    onRefused: (what) => {
      told += 1;
      if (told <= toldLimit) process.stderr.write(`refused: ${what}\n`);
    },
  });
  if (!server.ok) {
    await desk.value[Symbol.asyncDispose]();
    return refuse(server.refusal);
  }
  process.stdout.write(`${server.value.address}\n`);
  process.stderr.write('The address above works once, in a browser on this computer. Ctrl-C ends.\n');
  if (given['open'] === true) openBrowser(server.value.address, environment);
  await end.promise;
  const closed = Promise.all([server.value[Symbol.asyncDispose](), desk.value[Symbol.asyncDispose]()]);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, closeWithinMs))]);
  return exitCode.allPass;
}
