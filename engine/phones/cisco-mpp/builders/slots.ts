/**
 * The builders of a recipe as slots beside those of its plain parameters, and what is wrong for all rows alike: a key with two meanings,
 * a line without a key, a builder and a plain parameter that disagree.
 */
import type { Problem } from '../../../contract/problem.js';
import type { Recipe } from '../../../profiles/job.js';
import { type Meant, mergeMeant } from '../../../profiles/meant-schema.js';
import { recipeProblem } from '../../../profiles/problems.js';
import { parseTemplate, type Template } from '../../../profiles/template.js';
import { type Finding, warning } from '../findings.js';
import { findParameter } from '../parameters.js';
import type { Slot } from '../slot.js';
import { checkValue } from '../values.js';
import { keyPieces, meaningsOf, modulePieces } from './keys.js';
import { languagePieces } from './language.js';
import { linePieces } from './lines.js';
import type { MadePiece, Piece } from './piece.js';
import { timePieces } from './time.js';
import { vlanPieces } from './vlan.js';

export type BuiltSlots = { readonly slots: readonly Slot[]; readonly problems: readonly Problem[] };

/** What the builders make of a recipe for a model, or for every model it does not name. `others`: the tags that template and parameters set. */
export function builtSlots(recipe: Recipe, model: string | undefined, others: ReadonlySet<string>): BuiltSlots {
  const own = model === undefined ? undefined : recipe.models[model]?.meant;
  if (recipe.meant === undefined && own === undefined) return { slots: [], problems: [] };
  const meant = mergeMeant(recipe.meant, own);
  const pathOf = (path: string): string => (model !== undefined && stands(own, path.split('.')) ? `models.${model}.${path}` : path);
  const note: Note = (code, path, params = {}, { severity = 'error', suggestion = null } = {}) =>
    recipeProblem(severity, code, pathOf(path), recipe.lines, params, suggestion);
  const read = piecesOf(meant, recipe, others).map((piece) => readPiece(piece, pathOf(piece.path), note));
  return {
    slots: read.flatMap(({ slot }) => slot ?? []),
    problems: [
      ...meanings(meant, note),
      ...withoutKey(meant, note),
      ...withoutServer(meant, others, note),
      ...read.flatMap(({ problems }) => problems),
    ],
  };
}

/** Plain parameters that say something else than a builder for the same tag. */
export function disagreements(recipe: Recipe, model: string | undefined, slots: readonly Slot[]): Problem[] {
  const built = new Map(slots.map((slot) => [slot.tag, slot]));
  const own = model === undefined ? undefined : recipe.models[model]?.parameters;
  const plain = [
    ...Object.entries(recipe.parameters).map(([tag, said]) => ({ tag, said, path: `parameters.${tag}` })),
    ...Object.entries(own ?? {}).map(([tag, said]) => ({ tag, said, path: `models.${model}.parameters.${tag}` })),
    ...Object.entries(recipe.handOff).map(([tag, said]) => ({ tag, said, path: `handOff.${tag}` })),
  ];
  return plain.flatMap(({ tag, said, path }) => {
    const slot = built.get(tag);
    if (slot === undefined) return [];
    const filled = slot.template.columns.length === 0 ? slot.template.render({}) : undefined;
    if (filled?.ok === true && filled.text === said.value.trim()) return [];
    return [recipeProblem('error', 'recipe.builder-and-parameter', path, recipe.lines, { tag, key: slot.path })];
  });
}

type Note = (
  code: string,
  path: string,
  params?: Problem['params'],
  more?: { readonly severity?: Problem['severity']; readonly suggestion?: string | null },
) => Problem;

function piecesOf(meant: Meant, recipe: Recipe, others: ReadonlySet<string>): Piece[] {
  return [
    ...linePieces(meant),
    ...keyPieces(meant),
    ...modulePieces(meant),
    ...timePieces(meant, recipe.year ?? new Date().getUTCFullYear()),
    ...vlanPieces(meant),
    ...languagePieces(meant, others.has('Dictionary_Server_Script')),
  ];
}

function readPiece(piece: Piece, path: string, note: Note): { readonly slot?: Slot; readonly problems: readonly Problem[] } {
  const { tag, builder, needs = [], quiet = false, make } = piece;
  const templates = new Map<string, Template>();
  for (const [name, text] of Object.entries(piece.parts)) {
    const parsed = parseTemplate(text);
    if (!parsed.ok) return { problems: quiet ? [] : [note('recipe.template-syntax', piece.path, { tag })] };
    templates.set(name, parsed.template);
  }
  const columns = [...new Set([...templates.values()].flatMap((template) => template.columns))];
  const needed = [...new Set(needs.flatMap((name) => templates.get(name)?.columns ?? []))];
  const known = findParameter(tag)?.known;
  const slot: Slot = {
    tag,
    template: { columns, render: (values) => filledPiece(templates, make, values) },
    ua: 'na',
    path,
    built: { builder, needs: needed, where: columnsOf(piece.where), quiet, judge: (values) => judged(templates, make, values) },
    ...(known === undefined ? {} : { known }),
  };
  if (columns.length > 0) return { slot, problems: [] };
  const findings = quiet ? [] : (slot.built?.judge({}) ?? []);
  const filled = slot.template.render({});
  const ofValue = filled.ok && filled.text !== '' ? checkValue(known, filled.text) : [];
  const secret = known?.kind === 'secret' && filled.ok && filled.text !== '' ? [warning('recipe.secret-inside')] : [];
  return { slot, problems: [...secret, ...findings, ...ofValue].map((each) => told(each, piece, note)) };
}

function told({ severity, code, params = {}, suggestion = null }: Finding, { tag, path }: Piece, note: Note): Problem {
  return note(code, path, { tag, key: path, ...params }, { severity, suggestion });
}

function columnsOf(text = ''): readonly string[] {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.template.columns : [];
}

type Templates = ReadonlyMap<string, Template>;
type Values = Readonly<Record<string, string>>;

function filledPiece(templates: Templates, make: Piece['make'], values: Values): ReturnType<Template['render']> {
  const made = madeOf(templates, make, values);
  if (!('value' in made)) return made;
  const isBroken = made.findings?.some(({ severity }) => severity === 'error') === true;
  return { ok: true, text: isBroken ? '' : made.value };
}

function judged(templates: Templates, make: Piece['make'], values: Values): readonly Finding[] {
  const made = madeOf(templates, make, values);
  return 'value' in made ? (made.findings ?? []) : [];
}

function madeOf(
  templates: Templates,
  make: Piece['make'],
  values: Values,
): MadePiece | Extract<ReturnType<Template['render']>, { ok: false }> {
  const parts: Record<string, string> = {};
  for (const [name, template] of templates) {
    const filled = template.render(values);
    if (!filled.ok) return filled;
    parts[name] = filled.text.trim();
  }
  return make(parts);
}

function meanings({ keys = {}, modules = {} }: Meant, note: Note): Problem[] {
  const all = [
    ...Object.entries(keys).map(([number, key]) => ({ key, path: `keys.${number}` })),
    ...Object.entries(modules).flatMap(([unit, own]) =>
      Object.entries(own).map(([number, key]) => ({ key, path: `modules.${unit}.${number}` })),
    ),
  ];
  return all.flatMap(({ key, path }) => {
    if (key === 'off') return [];
    const [first, second] = meaningsOf(key);
    if (first === undefined) return [note('recipe.key-empty', path)];
    return second === undefined ? [] : [note('recipe.key-two-meanings', path, { one: first, other: second })];
  });
}

/** A line whose own key does something else, and that is on no other. */
function withoutKey({ lines = {}, keys = {} }: Meant, note: Note): Problem[] {
  return Object.keys(lines).flatMap((number) => {
    const key = keys[number];
    if (key === undefined || Object.values(keys).some((each) => each !== 'off' && each.line === number)) return [];
    return key !== 'off' && key.line?.includes('{') === true ? [] : [note('recipe.line-without-key', `lines.${number}`, { line: number })];
  });
}

function withoutServer({ lines = {} }: Meant, others: ReadonlySet<string>, note: Note): Problem[] {
  return Object.entries(lines).flatMap(([number, { server }]) =>
    server !== undefined || others.has(`Proxy_${number}_`) ? [] : [note('recipe.line-server', `lines.${number}`, { line: number })],
  );
}

function stands(meant: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return typeof meant === 'object' && meant !== null && Object.hasOwn(meant, key) && stands((meant as Record<string, unknown>)[key], rest);
}
