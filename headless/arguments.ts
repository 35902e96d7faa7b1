/** Reading arguments: each command's options, strict, wrong ones refused with the name of what is wrong. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Refusal, Result } from '../engine/contract/problem.js';
import { nearest } from '../engine/profiles/nearest.js';

export type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const texts = { type: 'string', multiple: true } as const;

/** Every command with its options. */
const commands = {
  run: {
    csv: text,
    recipe: text,
    interface: text,
    address: text,
    pool: text,
    ports: text,
    data: text,
    'new-job': flag,
    revise: flag,
    again: text,
    'skip-bad': flag,
    encoding: text,
    columns: text,
    files: text,
    'most-transfers': text,
    'file-memory': text,
    record: text,
    unlisted: text,
    'no-dhcp': flag,
    'despite-default-route': text,
    'until-done': flag,
    timeout: text,
    json: flag,
  },
  demo: { phones: text, seed: text, fault: text, data: text, json: flag },
  check: { csv: text, recipe: text, encoding: text, columns: text, remember: flag, data: text, json: flag },
  asks: { csv: text, recipe: text, encoding: text, columns: text, row: text, json: flag },
  profiles: {
    csv: text,
    recipe: text,
    encoding: text,
    columns: text,
    out: text,
    keys: text,
    passphrase: text,
    kinds: text,
    job: text,
    data: text,
    jobs: text,
    row: text,
    explain: flag,
    reveal: flag,
    json: flag,
  },
  handoff: { csv: text, recipe: text, encoding: text, columns: text, row: text, json: flag },
  keys: { job: text, data: text, out: text, passphrase: text, rotate: text, json: flag },
  'import-template': {
    choose: texts,
    map: texts,
    rename: texts,
    set: texts,
    drop: texts,
    keep: texts,
    accept: flag,
    name: text,
    out: text,
    json: flag,
  },
  parameters: { json: flag },
  report: { job: text, data: text, format: text },
  ui: { port: text, data: text, open: flag },
  doctor: { interface: text, address: text, ports: text, data: text, repair: text, undo: flag, json: flag },
} satisfies Record<string, NonNullable<ParseArgsConfig['options']>>;
export type Command = keyof typeof commands;

/** Commands that take names without an option before them; they are `files` of what was given. */
const withFiles: ReadonlySet<Command> = new Set(['import-template', 'parameters']);

export function isCommand(name: string): name is Command {
  return Object.hasOwn(commands, name);
}

export function usage(code: string, params: Refusal['params'] = {}): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: 'usage', code, params } };
}

/** Reads a command's options. */
export function readArguments(command: Command, argv: readonly string[]): Result<Given> {
  try {
    const allowPositionals = withFiles.has(command);
    const { values, positionals } = parseArgs({ args: [...argv], options: commands[command], strict: true, allowPositionals });
    return { ok: true, value: { ...(values as Given), ...(allowPositionals ? { files: positionals } : {}) } };
  } catch (error) {
    return refusalOf(error instanceof Error ? error.message : String(error), Object.keys(commands[command]));
  }
}

/** What Node says of wrong arguments, as a refusal with what was written. */
function refusalOf(message: string, known: readonly string[]): ReturnType<typeof usage> {
  const written = /'(?<written>[^']*)'/.exec(message)?.groups?.['written'] ?? '';
  const option = written.replace(/^.*(?=--)/, '').replace(/ .*$/, '');
  if (message.startsWith('Unexpected argument')) return usage('usage.stray', { value: written.slice(0, 40) });
  if (message.includes('does not take')) return usage('usage.no-value', { option });
  if (!message.startsWith('Unknown option')) return usage('usage.value', { option });
  const suggestion = nearest(option.replace(/^-+/, ''), known);
  return usage('usage.option', { option, ...(suggestion === null ? {} : { suggestion: `--${suggestion}` }) });
}

export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

/** Everything an option was given, or names without one; none where it was not. */
export function textsOf(given: Given, name: string): readonly string[] {
  const value = given[name];
  return typeof value === 'object' ? value : [];
}

export function needed(given: Given, name: string): Result<string> {
  const value = textOf(given, name);
  return value === undefined || value === '' ? usage('usage.missing', { option: `--${name}` }) : { ok: true, value };
}

/** A number within bounds, or the default where it was not given. */
export function numberOf<T>(
  given: Given,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly whole: boolean },
  otherwise: T,
): Result<number | T> {
  const value = textOf(given, name);
  if (value === undefined) return { ok: true, value: otherwise };
  const number = Number(value);
  const good = value.trim() !== '' && number >= bounds.min && number <= bounds.max && (!bounds.whole || Number.isInteger(number));
  return good ? { ok: true, value: number } : usage('usage.number', { option: `--${name}`, value, min: bounds.min, max: bounds.max });
}

export function choiceOf<T extends string>(given: Given, name: string, choices: readonly T[]): Result<T | undefined> {
  const value = textOf(given, name);
  if (value === undefined) return { ok: true, value: undefined };
  const choice = choices.find((each) => each === value);
  return choice === undefined
    ? usage('usage.choice', { option: `--${name}`, value, choices: choices.join(', ') })
    : { ok: true, value: choice };
}

const portNames = ['dhcp', 'tftp', 'http', 'https', 'syslog'] as const;
type PortNumbers = Readonly<Record<(typeof portNames)[number], number>>;

/** `dhcp=67,tftp=69,…`: those named, the standard ones else. */
export function portsOf(
  given: Given,
  standard: PortNumbers = { dhcp: 67, tftp: 69, http: 80, https: 443, syslog: 514 },
): Result<PortNumbers> {
  const ports: Record<(typeof portNames)[number], number> = { ...standard };
  for (const part of textOf(given, 'ports')?.split(',') ?? []) {
    const [name, value] = part.split('=').map((each) => each.trim());
    const known = portNames.find((each) => each === name);
    if (known === undefined || value === undefined || !/^\d{1,5}$/.test(value) || Number(value) > 65_535)
      return usage('usage.ports', { part });
    ports[known] = Number(value);
  }
  return { ok: true, value: ports };
}
