/** What the program was asked to do. */
import { parseArgs } from 'node:util';
import { isIPv4 } from 'node:net';
import { isLoopback } from './loopback.js';

export const usage =
  'usage: phones (--interface NAME | --relay ADDR:PORT) [--csv FILE] [--count N] [--seed N] [--fault RATE] [--speed X] [--json]\n';

export type Command = {
  readonly where:
    | { readonly kind: 'interface'; readonly name: string }
    | { readonly kind: 'relay'; readonly address: string; readonly port: number };
  readonly csv: string | undefined;
  readonly count: number;
  readonly seed: number;
  /** Share of the phones that have a fault, 0 to 1. */
  readonly fault: number;
  /** How many times faster than the wall the phones' timers run. */
  readonly speed: number;
  readonly json: boolean;
};

export type ReadCommand = { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly problem: string };

const text = { type: 'string' } as const;
const options = {
  interface: text,
  relay: text,
  csv: text,
  count: text,
  seed: text,
  fault: text,
  speed: text,
  json: { type: 'boolean' },
} as const;

/** Reads the arguments after the program's name. */
export function readCommand(args: readonly string[]): ReadCommand {
  const values = readOptions(args);
  if (typeof values === 'string') return problem(values);
  const where = readWhere(values.interface, values.relay);
  if (typeof where === 'string') return problem(where);
  const count = readNumber(values.count, 24);
  const seed = readNumber(values.seed, 1);
  const fault = readNumber(values.fault, 0);
  const speed = readNumber(values.speed, 1);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) return problem('--count is a number of phones, 1 to 10000');
  if (!Number.isInteger(seed)) return problem('--seed is a whole number');
  if (!(fault >= 0 && fault <= 1)) return problem('--fault is a share of the phones, 0 to 1');
  if (!(speed > 0 && speed <= 1_000_000)) return problem('--speed says how many times faster than real phones, more than 0');
  return { ok: true, command: { where, csv: values.csv, count, seed, fault, speed, json: values.json ?? false } };
}

function readOptions(args: readonly string[]): ReturnType<typeof parse> | string {
  try {
    return parse(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
}

function readWhere(name: string | undefined, relay: string | undefined): Command['where'] | string {
  if ((name === undefined) === (relay === undefined)) return 'either --interface or --relay';
  if (name !== undefined)
    return /^[^/\s]{1,15}$/.test(name) ? { kind: 'interface', name } : '--interface is the name of a network interface';
  const { address = '', port = '' } = /^(?<address>[\d.]+):(?<port>\d{1,5})$/.exec(relay ?? '')?.groups ?? {};
  const number = Number(port);
  if (!isIPv4(address) || !isLoopback(address) || number < 1 || number > 65_535)
    return '--relay is an address of loopback and a port, as 127.0.0.1:6767';
  return { kind: 'relay', address, port: number };
}

function readNumber(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  return value.trim() === '' ? NaN : Number(value);
}

function problem(words: string): ReadCommand {
  return { ok: false, problem: words };
}
