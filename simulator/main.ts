/** Virtual phones, a program of its own: imitates Cisco MPP phones so that a bench can be tried without any. Runs until it is told to end. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { phoneClock } from './clock.js';
import { type Command, readCommand, usage } from './command-line.js';
import { type ListedPhone, readList } from './csv.js';
import { openInterface } from './interface.js';
import { openLoopback } from './loopback.js';
import { Phone } from './phone.js';
import { type Place, Unavailable } from './place.js';
import type { PhoneRecord } from './record.js';
import { rollPhones } from './roll.js';

const exitCode = { ended: 0, usage: 2, unavailable: 4 } as const;
/** How often it looks whether its parent still lives, and how long it may take to end. Milliseconds. */
const parentCheck = 500;
const deadline = 4000;

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const read = readCommand(args);
  if (!read.ok) return refuse(exitCode.usage, `${read.problem}\n${usage}`);
  const { command } = read;
  const listed = listPhones(command);
  if (typeof listed === 'string') return refuse(exitCode.usage, `${listed}\n`);
  const place = await openPlace(command);
  if (place instanceof Unavailable) return refuse(exitCode.unavailable, `${place.message}\n`);

  const said = new Set<string>();
  const notice = (kind: string, words: string): void => {
    if (said.has(kind)) return;
    said.add(kind);
    tell(`${words} (said once)\n`);
  };
  const clock = phoneClock(command.speed);
  const phones = rollPhones(listed, command.seed, command.fault).map((rolled) => new Phone({ ...rolled, place, clock, notice }));
  watchForTheEnd(phones, place, command);
  for (const phone of phones) phone.plugIn();
  tell(`${phones.length} virtual phones, timers ${command.speed} times as fast as real ones\n`);
}

/** Ends on a signal or when the parent is gone; SIGUSR1 asks for the records in between. */
function watchForTheEnd(phones: readonly Phone[], place: Place, command: Command): void {
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && end(), parentCheck);
  let ending = false;
  function end(): void {
    if (ending) return;
    ending = true;
    clearInterval(watch);
    setTimeout(() => process.exit(exitCode.ended), deadline).unref();
    void Promise.all(phones.map((phone) => phone.unplug()))
      .then(() => place.close())
      .finally(() => writeRecords(phones, command.json, () => process.exit(exitCode.ended)));
  }
  process.stdout.on('error', end); // nobody reads any more
  process.stderr.on('error', () => undefined);
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  if (process.platform !== 'win32') process.on('SIGUSR1', () => writeRecords(phones, command.json));
}

function listPhones({ csv, count }: Command): readonly ListedPhone[] | string {
  if (csv === undefined) return Array.from({ length: count }, () => ({ mac: undefined, model: undefined }));
  try {
    const list = readList(readFileSync(resolve(process.env['INIT_CWD'] ?? '', csv), 'utf8'));
    if (list === undefined) return `${csv}: no column is called mac or model`;
    if (list.leftOut.length > 0) tell(`${csv}: left out for their MAC: ${list.leftOut.map((line) => `line ${line}`).join(', ')}\n`);
    return list.phones;
  } catch (error) {
    return `${csv}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function openPlace({ where }: Command): Promise<Place | Unavailable> {
  try {
    return where.kind === 'relay' ? await openLoopback(where) : await openInterface(where.name);
  } catch (error) {
    if (error instanceof Unavailable) return error;
    throw error;
  }
}

function writeRecords(phones: readonly Phone[], json: boolean, then?: () => void): void {
  const lines = phones.map((phone) => (json ? JSON.stringify(phone.record()) : inWords(phone.record())));
  process.stdout.write(lines.map((line) => `${line}\n`).join(''), () => then?.());
}

function inWords({ mac, model, fault, took, handedOff, profileRule }: PhoneRecord): string {
  const state = handedOff ? `handed off, now asks ${profileRule}` : `not handed off, last took ${took.at(-1) ?? 'nothing'}`;
  return `${mac}  ${model.padEnd(6)}  ${state}${fault === null ? '' : `  (fault: ${fault})`}`;
}

function refuse(code: number, words: string): void {
  tell(words);
  process.exitCode = code;
}

function tell(words: string): void {
  process.stderr.write(words);
}
