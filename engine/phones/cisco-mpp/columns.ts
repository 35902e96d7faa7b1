/** Recipe and headings of the CSV together: what a template misses, and a column that was surely meant to be a parameter. */
import type { Problem } from '../../contract/problem.js';
import { knownWords } from '../../contract/columns.js';
import type { Columns } from '../../profiles/known-columns.js';
import type { Recipe } from '../../profiles/job.js';
import { nearest } from '../../profiles/nearest.js';
import { errorAt, recipeProblem, warningAt } from '../../profiles/problems.js';
import { markerTag } from './bench-values.js';
import { keyTagsIn } from './keys.js';
import { findParameter, nearestParameter } from './parameters.js';
import { planOf } from './plan.js';
import type { Slot } from './slot.js';
import { together } from './together.js';

/** Columns every row has, whatever its headings. */
const given = ['mac', 'model'];
const words: ReadonlySet<string> = new Set(knownWords);

/** `Proxy_1_`, `Resync_At__HHmm_`: only a parameter ends so. */
const tagShape = /^[A-Za-z][\w.-]*_[\w.-]*_$/;

const passwordWords = ['sip_password', 'admin_password'] as const;
const accountWords = ['user', 'auth_id', 'sip_password'] as const;

/** What becomes of a column by any of its names: a parameter of its own, a part of the recipe's values, or nothing. */
export function columnUse(recipe: Recipe, names: readonly string[]): 'parameter' | 'recipe' | null {
  const plan = planOf(recipe);
  if (names.some((name) => findParameter(name) !== undefined || plan.unchecked.has(name))) return 'parameter';
  return names.some((name) => plan.columns.has(name) || given.includes(name)) ? 'recipe' : null;
}

/** Problems that hold for the whole file, each told once. */
export function checkColumns(recipe: Recipe, headings: readonly string[], columns: Columns): readonly Problem[] {
  const plan = planOf(recipe);
  const slots = [
    ...new Set(['', ...Object.keys(recipe.models)].flatMap((model) => Array.from(plan.slotsFor(model).values()))),
    ...plan.handOff.values(),
  ];
  const there = new Set([...headings, ...given, ...Object.keys(columns)]);
  const keyTags = keyTagsIn(recipe);
  const used = new Set(slots.flatMap(({ template }) => template.columns));
  // An account the recipe does not take is lost in silence, unless it was meant to be a parameter and that is told.
  const idle = accountWords.filter((word) => !used.has(word));
  const taken = new Set(Object.entries(columns).flatMap(([word, heading]) => (idle.some((each) => each === word) ? [] : heading)));
  return [
    ...activation(recipe, slots, columns),
    ...aimless(recipe, slots, headings, plan.unchecked),

    ...lost(used, columns),
    ...slots.flatMap((slot) => missing(slot, there, recipe)),
    ...['', ...Object.keys(recipe.models)].flatMap((model) => fixedTogether(recipe, model, new Set(headings))).filter(isFirst()),
    ...headings.flatMap((heading) => {
      if (heading === markerTag) return errorAt('recipe.marker', { line: 1, column: heading }, { tag: heading });
      if (keyTags.has(heading)) return errorAt('recipe.key-tag', { line: 1, column: heading }, { tag: heading });
      if (heading === '' || words.has(heading) || taken.has(heading) || used.has(heading) || plan.unchecked.has(heading)) return [];
      if (findParameter(heading) !== undefined) return [];
      const suggestion = nearestParameter(heading);
      if (suggestion !== null) return warningAt('csv.column-close', { line: 1, column: heading, suggestion });
      return tagShape.test(heading) ? warningAt('csv.column-unknown', { line: 1, column: heading }) : [];
    }),
  ];
}

/** What the recipe's own values have against each other; what a column or a template may still change is asked for each row. */
function fixedTogether(recipe: Recipe, model: string, headings: ReadonlySet<string>): Problem[] {
  const plan = planOf(recipe);
  const slots = new Map([...plan.slotsFor(model), ...plan.handOff]);
  const varies = (tag: string): boolean => headings.has(tag) || (slots.get(tag)?.template.columns.length ?? 0) > 0;
  const keys = keyTagsIn(recipe); // written by the bench itself
  const values = (tag: string): string | undefined => {
    if (keys.has(tag)) return 'key';
    const filled = slots.get(tag)?.template.render({});
    return filled?.ok === true ? filled.text.trim() : undefined;
  };
  return together().flatMap(({ tags, find }) => {
    const [tag] = tags;
    const slot = slots.get(tag);
    const finding = slot === undefined || tags.some(varies) ? undefined : find(values);
    if (slot === undefined || finding === undefined) return [];
    const { severity, code, params = {}, suggestion = null } = finding;
    return recipeProblem(severity, code, slot.path, recipe.lines, { tag, ...params }, suggestion);
  });
}

/** What holds for all models is found again for each that says something of its own. */
function isFirst(): (problem: Problem) => boolean {
  const seen = new Set<string>();
  return ({ code, column, params }) => {
    const key = JSON.stringify([code, column, params]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  };
}

/**
 * A job that writes no setting calls untouched phones ready, which is meant where they only come for firmware. Without a rule for production
 * phones go back to the factory's, which a customer's DHCP server has to answer. A warning each.
 */
function aimless({ lines }: Recipe, slots: readonly Slot[], headings: readonly string[], unchecked: ReadonlySet<string>): Problem[] {
  const written = headings.filter((heading) => heading === markerTag || findParameter(heading) !== undefined || unchecked.has(heading));
  const tags = [...slots.map(({ tag }) => tag), ...written];
  if (tags.length === 0) return [warningAt('csv.sets-nothing', { line: 1 })];
  const isLed = tags.some((tag) => /^Profile_Rule(?:_[B-D])?$/.test(tag));
  return isLed ? [] : [recipeProblem('warning', 'recipe.leads-nowhere', 'handOff', lines, { tag: 'Profile_Rule' })];
}

/** What a person would surely miss on the phone: an account's password that the list has and nothing writes. */
function lost(used: ReadonlySet<string>, columns: Columns): Problem[] {
  return passwordWords.flatMap((word) => {
    const heading = columns[word];
    return heading === undefined || used.has(word) || used.has(heading) ? [] : warningAt('csv.column-lost', { line: 1, column: heading });
  });
}

/** `gds://` waits for a code that the user types: a list without them leaves phones that nobody can start. */
function activation(recipe: Recipe, slots: readonly Slot[], columns: Columns): Problem[] {
  const rule = slots.find(({ tag, template }) => tag === 'Profile_Rule' && /^\s*gds:/i.test(textOf(template)));
  if (rule === undefined || columns.activation_code !== undefined) return [];
  return [recipeProblem('warning', 'recipe.activation-missing', rule.path, recipe.lines, { tag: rule.tag, column: 'activation_code' })];
}

function textOf(template: Slot['template']): string {
  const filled = template.columns.length === 0 ? template.render({}) : undefined;
  return filled?.ok === true ? filled.text : '';
}

function missing({ tag, template, path }: Slot, there: ReadonlySet<string>, recipe: Recipe): Problem[] {
  return template.columns
    .filter((column) => !there.has(column))
    .map((column) => recipeProblem('error', 'recipe.missing-column', path, recipe.lines, { tag, column }, nearest(column, there)));
}
