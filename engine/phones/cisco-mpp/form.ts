/**
 * A recipe made ready for rows that are alike: the same model, the same headings, the same cells empty. What it says for all of them is
 * settled with the first; of each further row only the texts that come from it are filled in and checked.
 *
 * A form knows rows without anything to tell alone. Where a row has a finding the form gives up, and `compile` says what it is.
 */
import type { Recipe, Row } from '../../profiles/job.js';
import type { Alike, Compiled } from '../pack.js';
import { arrange } from './arrange.js';
import { type Cells, cellsOf } from './cells.js';
import type { Known } from './catalogue/entry.js';
import { extensionBeyond } from './extent.js';
import { encryptionFor, holdsKey, keyTagsIn } from './keys.js';
import { findParameter } from './parameters.js';
import { type Plan, planOf } from './plan.js';
import type { Slot } from './slot.js';
import { togetherBy, type Together } from './together.js';
import { checkValue } from './values.js';
import { fixedWish, type Wish, type Wishes } from './wish.js';

type Columns = Readonly<Record<string, string>>;

/** A text that comes from the row. */
type Source = {
  readonly tag: string;
  /** What it has to agree with; undefined where the recipe takes the responsibility. */
  readonly known: Known | undefined;
  /** Undefined for a cell as it stands. */
  readonly slot?: Slot;
  readonly secret: boolean;
  /** False where nothing came of it, which has to be so again. */
  readonly writes: boolean;
  /** Found sound before: many columns hold the same for every row. */
  sound: string | undefined;
};

/** More kinds of rows than this are none that repeat. */
const mostForms = 64;

const formsOf = new WeakMap<Recipe, Map<string, Form>>();

/** What the recipe makes of a row, and the row as one of many; undefined where no form fits it or there is something to tell. */
export function fillForm(recipe: Recipe, row: Row): { readonly make: () => Compiled; readonly alike: () => Alike } | undefined {
  const form = formsOf.get(recipe)?.get(kindOf(row));
  const texts = form?.fill(row);
  if (form === undefined || texts === undefined) return undefined;
  return {
    make: () => form.arranged(texts),
    alike: () => ({ arranged: form.ofCells, texts: form.cells.of(columnsOf(row), texts) }),
  };
}

/** Makes a form of a row with nothing to tell, where one can be made. */
export function learnForm(recipe: Recipe, row: Row): void {
  const forms = formsOf.get(recipe) ?? new Map<string, Form>();
  formsOf.set(recipe, forms);
  const kind = kindOf(row);
  if (forms.size >= mostForms || forms.has(kind)) return;
  const form = makeForm(recipe, row);
  if (form !== undefined) forms.set(kind, form);
}

/** The model and which cells are empty. */
function kindOf({ model, mac, values }: Row): string {
  let kind = mac === null ? `${model} ` : `${model}.`;
  for (const heading in values) kind += values[heading] === '' ? ' ' : '.';
  return kind;
}

type Form = {
  readonly arranged: Alike['arranged'];
  readonly cells: Cells;
  /** The same of a row's cells. */
  readonly ofCells: Alike['arranged'];
  fill(row: Row): readonly string[] | undefined;
};

function makeForm(recipe: Recipe, row: Row): Form | undefined {
  const plan = planOf(recipe);
  if (plan.accountFor(row.model) !== undefined) return undefined;
  const sources: Source[] = [];
  const [wishes, handOff]: [Wishes, Wishes] = [new Map(), new Map()];
  const columns = columnsOf(row);
  const slots = plan.slotsFor(row.model);
  for (const slot of slots.values()) if (!place(plan, slot, columns, sources, wishes)) return undefined;
  for (const [heading, cell] of Object.entries(row.values)) {
    const known = findParameter(heading)?.known;
    if (cell === '' || (known === undefined && !plan.unchecked.has(heading))) continue;
    if (slots.get(heading)?.built !== undefined) return undefined; // they have to agree: `compile` sees to it
    const secret = known?.kind === 'secret' || plan.secretColumns.has(heading);
    const ua = wishes.get(heading)?.ua ?? 'na';
    wishes.set(heading, { value: cell, ua, secret, origin: { from: 'row', column: heading }, at: sources.length });
    sources.push({ tag: heading, known: checked(plan, heading, known), secret, writes: true, sound: undefined });
  }
  for (const slot of plan.handOff.values()) if (!place(plan, slot, columns, sources, handOff)) return undefined;
  // Which key is spent is read from the rules: where a row may say another one, each is looked at.
  if (encryptionFor(recipe, row.model) !== undefined && sources.some(({ known }) => known?.kind === 'rule')) return undefined;

  const headings = Object.keys(row.values);
  const agree = togetherCheck(recipe, wishes, handOff);
  const [arranged, cells] = [arrange(recipe, row.model, wishes, handOff, true), cellsOf(sources)];
  return {
    arranged,
    cells,
    ofCells: (each) => arranged(cells.texts(each)),
    fill(next) {
      if (!hasHeadings(next.values, headings)) return undefined;
      const texts = fillSources(sources, columnsOf(next), row.model);
      return texts !== undefined && agree(texts) ? texts : undefined;
    },
  };
}

function columnsOf({ values, mac, model }: Row): Columns {
  return { ...values, mac: mac ?? '', model };
}

function hasHeadings(values: Row['values'], headings: readonly string[]): boolean {
  let at = 0;
  for (const heading in values) if (heading !== headings[at++]) return false;
  return at === headings.length;
}

/** What `compile` makes of a slot, with a place for the text where it comes from the row; false where no form can say it. */
function place(plan: Plan, slot: Slot, columns: Columns, sources: Source[], into: Wishes): boolean {
  const { tag, known, template, ua, path, built } = slot;
  if (template.columns.length === 0 && built === undefined) {
    into.set(tag, fixedWish(slot));
    return true;
  }
  const filled = template.render(columns);
  if (!filled.ok) return false;
  if (lacks(slot, columns)) return true;
  const writes = filled.text !== '';
  if (!writes && built === undefined && !template.columns.some((each) => columns[each] === '')) return false; // a filter left nothing
  const origin = { from: 'recipe', path, columns: template.columns, ...(built === undefined ? {} : { builder: built.builder }) } as const;
  const secret = known?.kind === 'secret' || template.columns.some((each) => plan.secretColumns.has(each));
  const isFixed = template.columns.length === 0;
  const wish: Wish = { value: filled.text, ua, secret: secret || (isFixed && holdsKey(filled.text)), origin };
  if (writes) into.set(tag, isFixed ? wish : { ...wish, at: sources.length });
  if (!isFixed) sources.push({ tag, known: checked(plan, tag, known), slot, secret, writes, sound: undefined });
  return true;
}

function checked(plan: Plan, tag: string, known: Known | undefined): Known | undefined {
  return plan.unchecked.has(tag) ? undefined : known;
}

/** True where a column is empty without which nothing is written. */
function lacks({ built }: Slot, columns: Columns): boolean {
  const isEmpty = (column: string): boolean => columns[column] === '';
  return built !== undefined && (built.needs.some(isEmpty) || built.where.some(isEmpty));
}

/** The texts of a row, each sound; undefined where there is something to tell. */
function fillSources(sources: readonly Source[], columns: Columns, model: string): readonly string[] | undefined {
  const texts: string[] = [];
  for (const source of sources) {
    const { tag, slot, writes } = source;
    let text = columns[tag] ?? '';
    if (slot !== undefined) {
      const filled = slot.template.render(columns);
      if (!filled.ok || (slot.built !== undefined && !slot.built.quiet && slot.built.judge(columns).length > 0)) return undefined;
      text = filled.text;
    }
    if (writes ? !isSound(source, text, model) : text !== '') return undefined;
    texts.push(text);
  }
  return texts;
}

/** Printable ASCII without blanks around it: what an unknown parameter holds as a rule. */
const plainText = /^[!-~](?:[ -~]*[!-~])?$/;

function isSound(source: Source, text: string, model: string): boolean {
  if (text === source.sound) return true;
  const { known, secret, tag } = source;
  if (text === '' || (!secret && holdsKey(text))) return false;
  if (known === undefined ? !plainText.test(text) && checkValue(known, text).length > 0 : checkValue(known, text).length > 0) return false;
  if (known?.kind === 'extension') {
    const found = findParameter(tag);
    if (found !== undefined && extensionBeyond(model, found, text) !== undefined) return false;
  }
  source.sound = text;
  return true;
}

/** Whether parameters agree with each other where one of them comes from the row. */
function togetherCheck(recipe: Recipe, wishes: Wishes, handOff: Wishes): (texts: readonly string[]) => boolean {
  const asked = new Set<Together>();
  for (const each of [wishes, handOff])
    for (const [tag, { at }] of each) if (at !== undefined) for (const check of togetherBy(tag)) asked.add(check);
  const finds = Array.from(asked, ({ find }) => find);
  const keys = keyTagsIn(recipe); // written by the bench itself
  const known = new Map<string, string | number>();
  for (const [tag, { value, at }] of [...wishes, ...handOff]) known.set(tag, at ?? value.trim());
  for (const tag of keys) known.set(tag, 'key');
  let current: readonly string[] = [];
  const values = (tag: string): string | undefined => {
    const value = known.get(tag);
    return typeof value === 'number' ? current[value] : value;
  };
  return (texts) => {
    current = texts;
    return finds.every((find) => find(values) === undefined);
  };
}
