/**
 * The source text of the old SPC compiler, ancestor of the XML profile (Sipura SPA administration guide, "configuration profile"):
 *
 *   # comment                          to the end of the line
 *   Name[1] ! "value" ;                `!` the user may change it, `?` the user may see it, neither: hidden
 *   Name ;                             the access alone, the value stays
 *   import other.txt                   another file in its place
 *
 * Read leniently where the meaning is certain (no quotes, typographic ones, a missing semicolon), with a warning; line by line, so that
 * a damaged statement costs itself alone.
 */
import type { Problem } from '../../contract/problem.js';
import type { Access } from '../../profiles/job.js';
import { errorAt, shown, warningAt } from '../../profiles/problems.js';
import type { Steps } from '../../profiles/slices.js';
import type { ForeignEntry } from '../foreign.js';
import { findParameter } from './parameters.js';

/** Damage beyond this is no such text. */
const mostProblems = 200;
const mostEntries = 8000;
/** Lines read in one step. */
const linesAtOnce = 256;
/** Far beyond what a phone takes as a value; a longer line is some other text, and reading on in it would take the engine's time. */
const mostOfLine = 16_384;
/** So much of a line says whether it is a statement. */
const mostLookedAt = 1000;

const importLine = /^import[ \t]+(?<name>[^;#]{1,300})/;
const statement = /^(?<name>[A-Za-z][^\s"“”?!;#]{0,127})[ \t]*(?<access>[?!])?[ \t]*(?<rest>.*)$/s;
const accesses: Readonly<Record<string, Access>> = { '!': 'rw', '?': 'ro' };

/** True for a text whose lines are statements, comments and little else. */
export function looksLikeSpc(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/, 2000).filter((line) => !/^\s*(?:#|$)/.test(line));
  const statements = lines.filter((line) => {
    const start = line.slice(0, mostLookedAt);
    return /^\s*(?:import\s+\S|[A-Za-z][\w.\-[\]()/]*\s*(?:[?!]\s*)?["“;])/.test(start) || /^\s*[A-Za-z][^=:<{"]*;\s*(?:#.*)?$/.test(start);
  });
  return statements.length > 0 && statements.length * 2 >= lines.length;
}

/** Reads it. Linear, never throws. */
export function* spcSteps(text: string): Steps<{ readonly entries: readonly ForeignEntry[]; readonly problems: readonly Problem[] }> {
  const entries: ForeignEntry[] = [];
  const problems: Problem[] = [];
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    if (index % linesAtOnce === 0) yield;
    if (problems.length >= mostProblems || entries.length >= mostEntries) {
      problems.push(errorAt('spc.too-damaged', { line: index + 1 }));
      break;
    }
    if (whole.length > mostOfLine) {
      problems.push(errorAt('spc.long-line', { line: index + 1 }, { limit: mostOfLine }));
      continue;
    }
    let rest = whole.trim();
    while (rest !== '' && !rest.startsWith('#')) {
      const read = readStatement(rest, index + 1);
      problems.push(...read.problems);
      if (read.entry !== undefined) entries.push(read.entry);
      rest = read.rest.trim();
    }
  }
  return { entries, problems };
}

type Read = {
  readonly entry?: ForeignEntry;
  readonly problems: readonly Problem[];
  /** What follows on the line. */ readonly rest: string;
};

function readStatement(text: string, line: number): Read {
  const other = importLine.exec(text)?.groups?.['name']?.trim();
  if (other !== undefined) return { problems: [warningAt('spc.import', { line }, { wanted: shown(other.replaceAll('"', '')) })], rest: '' };
  const { name, access, rest = '' } = statement.exec(text)?.groups ?? {};
  if (name === undefined) return { problems: [errorAt('spc.statement', { line }, { value: '' })], rest: '' };
  const value = readValue(rest);
  if (value === undefined) return { problems: [errorAt('spc.unclosed', { line, column: name })], rest: '' };
  const tag = asTag(name);
  const entry: ForeignEntry = { tag, written: name, value: asPhonesSay(tag, value.text), ua: accesses[access ?? ''] ?? 'na', line };
  return { entry, problems: value.slips.map((slip) => warningAt(slip, { line, column: name })), rest: value.rest };
}

type Value = { readonly text: string; readonly slips: readonly string[]; readonly rest: string };

/** The value and what follows its semicolon; undefined where a quote was never closed. */
function readValue(text: string): Value | undefined {
  if (text.startsWith(';')) return { text: '', slips: [], rest: text.slice(1) };
  const quoted = /^(?:"(?<plain>[^"]*)"|[“”](?<curly>[^“”"]*)[“”"])[ \t]*(?<end>;?)/.exec(text);
  if (quoted !== null) {
    const { plain, curly, end } = quoted.groups ?? {};
    const slips = [...(plain === undefined ? ['spc.curly-quotes'] : []), ...(end === '' ? ['spc.no-semicolon'] : [])];
    const behind = text.slice(quoted[0].length);
    // Without its semicolon nobody can say what the rest of the line was to be.
    return { text: plain ?? curly ?? '', slips, rest: end === '' ? '' : behind };
  }
  if (/^["“”]/.test(text)) return undefined;
  const end = text.indexOf(';');
  const bare = (end === -1 ? text.replace(/\s#.*$/, '') : text.slice(0, end)).trim();
  const slips = [...(bare === '' ? [] : ['spc.unquoted']), ...(end === -1 ? ['spc.no-semicolon'] : [])];
  return { text: bare, slips, rest: end === -1 ? '' : text.slice(end + 1) };
}

/** Names that were changed on the way to the XML of these phones (facts section 2.4). */
const renamed: Readonly<Record<string, string>> = {
  Admin_Passwd: 'Admin_Password',
  User_Passwd: 'User_Password',
  Log_Resync_Request_Msg: 'Log_Request_Msg',
  Log_Resync_Success_Msg: 'Log_Success_Msg',
  Log_Resync_Failure_Msg: 'Log_Failure_Msg',
};

/** `Proxy[1]` as `Proxy_1_`, `Resync_At_(HHmm)` as `Resync_At__HHmm_`: blanks, brackets, parentheses and slashes become `_`. */
function asTag(name: string): string {
  const tag = name.replaceAll(/[ [\]()/]/g, '_');
  return (Object.hasOwn(renamed, tag) ? renamed[tag] : undefined) ?? tag;
}

/** The compiler took more words for yes and no than phones do. */
function asPhonesSay(tag: string, value: string): string {
  if (findParameter(tag)?.known.kind !== 'flag') return value;
  if (/^(?:yes|enabled?|1)$/i.test(value)) return 'Yes';
  return /^(?:no|disabled?|0)$/i.test(value) ? 'No' : value;
}
