/** `parameters [NAME]`: what is known of one parameter, of all whose name or label holds a text, or of every one. */
import { packNamed } from '../engine/phones/packs.js';
import type { ParameterInfo } from '../engine/contract/parameter-calls.js';
import { type Given, textsOf, usage } from './arguments.js';
import { exitCode } from './exit.js';
import type { Output } from './output.js';
import { kindTexts } from './words/kinds.js';

/** More than this at once is a list, one line each. */
const inFull = 5;

/** Exit 0 when something was found, else 2 with the nearest name. */
export function parameters(given: Given, output: Output): Promise<number> {
  const pack = packNamed('cisco-mpp');
  const wanted = textsOf(given, 'files').join(' ');
  const all = pack?.parameters() ?? [];
  const exact = pack?.parameter(wanted);
  const found = exact?.info === undefined ? all.filter((each) => matches(each, wanted)) : [exact.info];
  if (found.length === 0) {
    const suggestion = exact?.info === undefined ? (exact?.suggestion ?? null) : null;
    output.refuse(usage('usage.parameter', { name: wanted, ...(suggestion === null ? {} : { suggestion }) }).refusal);
    return Promise.resolve(exitCode.usage);
  }
  if (output.json) for (const each of found) output.line({ type: 'parameter', ...each });
  else output.say(found.length > inFull ? found.map(oneLine).join('\n') : found.map(wholePage).join('\n\n'));
  return Promise.resolve(exitCode.allPass);
}

/** Every word of the text somewhere in name, label or help. */
function matches({ tag, spellings, en }: ParameterInfo, text: string): boolean {
  const where = [tag, ...spellings, en.label, en.help].join(' ').toLowerCase();
  const names = [tag, ...spellings, en.label].map(inOneWord);
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word) || (inOneWord(word) !== '' && names.some((name) => name.includes(inOneWord(word)))));
}

/** `backlight` finds `Back_Light_Timer`. */
function inOneWord(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function oneLine({ tag, en }: ParameterInfo): string {
  return `${tag.padEnd(36)}  ${en.help}`;
}

function wholePage(info: ParameterInfo): string {
  const { tag, spellings, en } = info;
  const rows: readonly (readonly [string, string])[] = [
    ['written', spellings.length > 1 ? spellings.join(' … ') : (spellings[0] ?? tag)],
    ['holds', holds(info)],
    ['factory value', info.default === null ? 'not known' : info.default === '' ? 'empty' : info.default],
    ['models', info.models.length === 0 ? 'all' : info.models.map(({ model, count }) => `${model}: ${count}`).join(', ')],
    [
      'firmware',
      [info.since === null ? '' : `from ${info.since}`, info.until === null ? '' : `to ${info.until}`].filter(Boolean).join(' '),
    ],
    ['read back', { always: 'yes', sometimes: 'not by every model or release', never: 'never: phones hide it' }[info.readable]],
    ['written when', info.waits ? 'at the hand-off' : 'with the device file'],
    ['how sure', sure[info.confidence]],
  ];
  const told = rows.filter(([, text]) => text !== '').map(([name, text]) => `  ${name.padEnd(14)}${text}`);
  return [`${tag}   ${en.label}`, `  ${en.help}`, ...told].join('\n');
}

const sure = {
  report: 'a real phone (CP-6841, 12.0.1) reports it so',
  document: 'Cisco’s documents say so',
  inferred: 'not verified on hardware: what it may hold follows from its name',
  disputed: 'not verified on hardware: documents contradict each other or leave it open',
} as const;

function holds({ kind, values, min, max, unit, limit }: ParameterInfo): string {
  const said = kindTexts[kind] ?? kind;
  const range = min === null || max === null ? '' : ` from ${min} to ${max}`;
  const list = values.length === 0 ? '' : `: ${values.join(', ')}`;
  return `${said}${range}${list}${unit === null ? '' : ` (unit: ${unit})`}${limit === null ? '' : `, at most ${limit} characters`}`;
}
