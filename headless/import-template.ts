/** `import-template`: a template somebody has, as a recipe; with everything that has to be decided before there is one. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Result } from '../engine/contract/problem.js';
import { packNamed, packNames } from '../engine/phones/packs.js';
import { acceptProposals, type Chosen, type Imported, importProfiles } from '../engine/profiles/importing/importing.js';
import type { Decisions, ImportedTag } from '../engine/profiles/importing/judging.js';
import { offer, type OfferedFile } from '../engine/profiles/importing/offered.js';
import { type Given, textOf, textsOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { forTerminal, type Output } from './output.js';
import { pathFrom } from './places.js';
import type { Surroundings } from './surroundings.js';
import { describeCode } from './words.js';
import { counted } from '../engine/contract/english/counted.js';

/** Exit 1 while something is to be decided, 2 for what cannot be read. Words go to standard error where the recipe goes to standard output. */
export async function importTemplate(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const offered = await readFiles(textsOf(given, 'files'), environment);
  const chosen = offered.ok ? choose(offered.value, textsOf(given, 'choose'), output) : offered;
  const decisions = chosen.ok ? readDecisions(given) : chosen;
  for (const each of [offered, chosen, decisions]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  const pack = packNamed(packNames()[0] ?? '');
  if (pack === undefined || !chosen.ok || !decisions.ok) return exitCode.usage;
  const name = textOf(given, 'name') ?? nameOf(chosen.value);
  const run = (said: Decisions): Imported => importProfiles(pack, chosen.value, said, name);
  let imported = run(decisions.value);
  if (given['accept'] === true) imported = run(acceptProposals(imported, decisions.value));
  const stray = strayDecision(given, imported);
  if (!stray.ok) {
    output.refuse(stray.refusal);
    return exitCodeOf(stray.refusal);
  }
  return finish(imported, textOf(given, 'out'), output, environment);
}

async function finish(
  imported: Imported,
  out: string | undefined,
  output: Output,
  environment: Surroundings['environment'],
): Promise<number> {
  const say = (text: string): void => void process.stderr.write(`${forTerminal(text)}\n`);
  report(imported, output, say);
  const path = out === undefined ? null : pathFrom(environment, out);
  const line = (text: string | null): void =>
    output.line({ type: 'recipe', path: text === null ? null : path, open: imported.open, columns: [...imported.columns], text });
  if (imported.recipe === null) {
    line(null);
    say(
      imported.open === 0
        ? '\nThere is no recipe: what is wrong is said above.'
        : `\n${counted(imported.open, 'thing')} to be decided, so there is no recipe yet.`,
    );
    return exitCode.someDidNot;
  }
  if (path === null) {
    if (!output.json) process.stdout.write(imported.recipe);
  } else {
    const written = await write(path, imported.recipe);
    if (!written.ok) {
      output.refuse(written.refusal);
      return exitCodeOf(written.refusal);
    }
    say(`\nThe recipe is in ${path}.`);
  }
  line(imported.recipe);
  say(`The list has to have these columns: ${imported.columns.join(', ')}`);
  return exitCode.allPass;
}

type Environment = Surroundings['environment'];

/** A longer one is refused, and shown so far. */
const mostOfName = 300;

/** `inside`: of an archive. */
type Readable = OfferedFile & { readonly inside: boolean };

async function readFiles(paths: readonly string[], environment: Environment): Promise<Result<readonly Readable[]>> {
  if (paths.length === 0) return usage('usage.missing', { option: 'FILE' });
  const files: Readable[] = [];
  for (const path of paths) {
    const name = basename(path);
    try {
      const offered = await offer(name, await readFile(pathFrom(environment, path)));
      if (offered.ok) files.push(...offered.files.map((file) => ({ ...file, inside: file.name !== name })));
      else files.push({ name, size: 0, text: null, refused: offered.code, inside: false });
    } catch (error) {
      return usage('file.unreadable', { path, reason: error instanceof Error && 'code' in error ? String(error.code) : String(error) });
    }
  }
  const [only] = files;
  return files.length === 1 && only !== undefined && only.refused !== null ? usage(only.refused) : { ok: true, value: files };
}

/** Those named, or all that were given themselves; of an archive with several somebody has to say which. */
function choose(files: readonly Readable[], names: readonly string[], output: Output): Result<readonly Chosen[]> {
  const readable = files.flatMap(({ name, text }) => (text === null ? [] : [{ name, text }]));
  if (readable.length === 0) return usage('import.no-text');
  if (names.length === 0) {
    const inArchive = files.some(({ text, inside }) => text !== null && inside);
    const isClear = !inArchive || readable.length === 1;
    // What is left out by itself is told by itself.
    for (const { name, size, refused } of files)
      if (!isClear || refused !== null)
        output.aside(
          `${String(size).padStart(9)}  ${name.slice(0, mostOfName)}${refused === null ? '' : `  – ${describeCode(refused, {})}`}`,
        );
    if (isClear) return { ok: true, value: readable };
    return usage('usage.choose', { files: readable.length });
  }
  const chosen: Chosen[] = [];
  for (const name of names) {
    const exact = readable.filter((file) => file.name === name);
    const [found, ...others] = exact.length > 0 ? exact : readable.filter((file) => file.name.endsWith(`/${name}`));
    if (found === undefined || others.length > 0) return usage('usage.no-choice', { name });
    chosen.push(found);
  }
  return { ok: true, value: chosen };
}

function readDecisions(given: Given): Result<Decisions> {
  const read = { map: {}, set: {}, rename: {} } as Record<'map' | 'set' | 'rename', Record<string, string>>;
  for (const option of ['map', 'set', 'rename'] as const)
    for (const value of textsOf(given, option)) {
      const at = value.indexOf('=');
      if (at < 1) return usage('usage.pair', { option: `--${option}`, value });
      read[option] = { ...read[option], [value.slice(0, at)]: value.slice(at + 1) };
    }
  return { ok: true, value: { ...read, drop: textsOf(given, 'drop'), keep: textsOf(given, 'keep') } };
}

/** A decision about what is not there is a typing error. */
function strayDecision(given: Given, { tags, serverTags }: Imported): Result<null> {
  const written = new Set(tags.map((each) => each.written));
  const ofServer = new Set([...serverTags.map(({ tag }) => tag), ...tags.flatMap(({ value }) => value.match(/%[^%\s]+%/g) ?? [])]);
  for (const option of ['map', 'set', 'rename', 'drop', 'keep'] as const)
    for (const value of textsOf(given, option)) {
      const tag = option === 'drop' || option === 'keep' ? value : value.slice(0, value.indexOf('='));
      if (!(option === 'map' ? ofServer : written).has(tag)) return usage('usage.no-tag', { option: `--${option}`, value: tag });
    }
  return { ok: true, value: null };
}

function report({ tags, serverTags, problems }: Imported, output: Output, say: (text: string) => void): void {
  for (const problem of problems) {
    output.line({ type: 'problem', ...problem, params: { ...problem.params } });
    const { line, column, code, params } = problem;
    const place = [params['name'], line === null ? undefined : `line ${line}`, column ?? undefined].filter((part) => part !== undefined);
    say(`${problem.severity.padEnd(7)}  ${place.join(', ')}: ${describeCode(code, params)}`);
  }
  for (const each of tags) reportTag(each, output, say);
  for (const each of serverTags) {
    output.line({ type: 'serverTag', ...each, usedBy: [...each.usedBy] });
    const { tag, becomes, proposal, usedBy } = each;
    if (becomes !== null) say(`${tag} becomes ${becomes === '' ? 'nothing' : becomes}`);
    else
      say(
        `open     ${tag} (${usedBy.join(', ')}): ${proposal === null ? describeCode('usage.server-tag', { tag }) : `--accept makes it ${proposal}, or say --map '${tag}=…'`}`,
      );
  }
}

function reportTag({ problems, meant, ...each }: ImportedTag, output: Output, say: (text: string) => void): void {
  const { file, line, written, tag, value, status, becomes } = each;
  output.line({ type: 'tag', file, line, written, tag, value, status, becomes });
  for (const { severity, code, params } of problems) {
    const place = `${file}${line === null ? '' : `, line ${line}`}, ${written}`;
    const hint = meant === null || status !== 'open' ? '' : ` Did you mean ${meant}?`;
    say(
      `${(status === 'open' ? 'open' : severity).padEnd(7)}  ${place}: ${describeCode(code, { tag: written, ...params })}${hint === '' ? '' : `.${hint}`}`,
    );
  }
}

/** `acme-8851` of `kit.zip/acme-8851.xml`. */
function nameOf([first]: readonly Chosen[]): string {
  return basename(first?.name ?? '').replace(/\.[^.]{1,5}$/, '') || 'Imported';
}

async function write(path: string, text: string): Promise<Result<null>> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return { ok: true, value: null };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return reason === 'EEXIST' ? usage('usage.exists', { path }) : usage('file.unwritable', { path, reason });
  }
}
