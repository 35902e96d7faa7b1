/**
 * A recipe applied to a row: what the device file writes, and what waits for the hand-off (design: the life of one phone).
 *
 * Later wins: template, parameters, the model's parameters, the row's own columns. Parameters that could cut the read-back or end the
 * bench's work wait; a customer's own wish for a tag the bench needs meanwhile (`Syslog_Server`, `Resync_Periodic`) is kept for the end.
 */
import type { Problem } from '../../contract/problem.js';
import { Secret } from '../../contract/secret.js';
import type { Recipe, Row } from '../../profiles/job.js';
import { nearest } from '../../profiles/nearest.js';
import { isAboutRecipe, recipeProblem } from '../../profiles/problems.js';
import type { Alike, Applied, Compiled } from '../pack.js';
import { canBeInRule } from './account.js';
import { arrange } from './arrange.js';
import type { Known } from './catalogue/entry.js';
import { beyond, extensionBeyond } from './extent.js';
import { error, type Finding } from './findings.js';
import { fillForm, learnForm } from './form.js';
import { holdsKey, keyTagsIn } from './keys.js';
import { findParameter } from './parameters.js';
import { type Plan, planOf } from './plan.js';
import type { Slot } from './slot.js';
import { togetherBy, type Together } from './together.js';
import { checkValue } from './values.js';
import { fixedWish, type Wishes } from './wish.js';

/** Applies a recipe to a row; with any error there is no `compiled`. Problems of the recipe as a whole come along, as `checkSteps` gives them. */
export function compile(recipe: Recipe, row: Row): Applied {
  const filled = fillForm(recipe, row);
  if (filled !== undefined) return made([], filled.make, filled.alike);
  const plan = planOf(recipe);
  const filler = new Filler(plan, recipe, row);
  const wishes: Wishes = new Map();
  for (const slot of plan.slotsFor(row.model).values()) filler.fill(slot, wishes);
  filler.fillFromColumns(wishes);
  const handOff: Wishes = new Map();
  for (const slot of plan.handOff.values()) filler.fill(slot, handOff);

  filler.checkTogether(wishes, handOff);
  const account = filler.account();
  const problems = [...plan.problems, ...filler.problems];
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  const ofRow = problems.filter((each) => !isAboutRecipe(each));
  if (ofRow.length === 0) learnForm(recipe, row);
  return made(ofRow, () => ({ ...arrange(recipe, row.model, wishes, handOff, false)([]), ...(account === undefined ? {} : { account }) }));
}

/** Files are made when they are asked for: a list is checked for its problems alone. */
function made(problems: readonly Problem[], make: () => Compiled, alike?: () => Alike): Applied {
  let compiled: Compiled | undefined;
  return {
    problems,
    get compiled() {
      return (compiled ??= make());
    },
    get alike() {
      return alike?.();
    },
  };
}

/** Takes values out of one row and collects what is wrong with them. */
class Filler {
  readonly problems: Problem[] = [];
  readonly #plan: Plan;
  readonly #recipe: Recipe;
  readonly #row: Row;
  readonly #columns: Readonly<Record<string, string>>;

  constructor(plan: Plan, recipe: Recipe, row: Row) {
    this.#plan = plan;
    this.#recipe = recipe;
    this.#row = row;
    this.#columns = { ...row.values, mac: row.mac ?? '', model: row.model };
  }

  fill(slot: Slot, into: Wishes): void {
    if (slot.template.columns.length > 0 || slot.built !== undefined) return this.#fillFromRow(slot, into);
    const wish = fixedWish(slot);
    if (this.#check(slot.tag, slot.known, wish.value, slot.path, { fixed: true, secret: wish.secret })) into.set(slot.tag, wish);
  }

  #fillFromRow({ tag, known, template, ua, path, built }: Slot, into: Wishes): void {
    const filled = template.render(this.#columns);
    if (!filled.ok) {
      const column = filled.code === 'missing-column' ? filled.column : '';
      const suggestion = nearest(column, Object.keys(this.#columns));
      this.problems.push(recipeProblem('error', `recipe.${filled.code}`, path, this.#recipe.lines, { tag, column }, suggestion));
      return;
    }
    const fixed = template.columns.length === 0;
    const [only, ...others] = template.columns;
    const column = only !== undefined && others.length === 0 ? only : path;
    const secret = known?.kind === 'secret' || template.columns.some((each) => this.#plan.secretColumns.has(each)) || holdsKey(filled.text);
    if (built === undefined) {
      if (!fixed && !this.#warnOfEmpty(template.columns, tag) && filled.text === '') return;
    } else {
      const lacks = !this.#warnOfEmpty(built.needs, tag, built.quiet) || !this.#warnOfEmpty(built.where, tag, true);
      if (!fixed && !lacks && !built.quiet) this.#note(built.judge(this.#columns), { tag, key: path }, column, secret);
      if (lacks || filled.text === '') return;
    }
    if (!this.#check(tag, known, filled.text, column, { fixed, secret })) return;
    const by = built === undefined ? {} : { builder: built.builder };
    into.set(tag, { value: filled.text, ua, secret, origin: { from: 'recipe', path, columns: template.columns, ...by } });
  }

  /** What the phone has to know to be given its file. */
  account(): Compiled['account'] {
    const plan = this.#plan.accountFor(this.#row.model);
    if (plan === undefined) return undefined;
    const [user, password] = [plan.user.render(this.#columns), plan.password.render(this.#columns)];
    const failed = [user, password].find((each) => !each.ok);
    if (failed?.ok === false) {
      const column = failed.code === 'missing-column' ? failed.column : '';
      const params = { tag: 'account', column };
      this.problems.push(recipeProblem('error', `recipe.${failed.code}`, plan.path, this.#recipe.lines, params));
    }
    if (!user.ok || !password.ok) return undefined;
    if (canBeInRule({ user: user.text, password: password.text })) return { user: user.text, password: new Secret(password.text) };
    const column = [...plan.password.columns, ...plan.user.columns][0] ?? plan.path;
    this.problems.push({ line: this.#row.line, column, code: 'recipe.account-form', severity: 'error', params: {}, suggestion: null });
    return undefined;
  }

  /** A column named like a parameter sets it; an empty cell leaves the recipe's own value. It may not contradict a builder. */
  fillFromColumns(into: Wishes): void {
    const slots = this.#plan.slotsFor(this.#row.model);
    for (const [heading, cell] of Object.entries(this.#row.values)) {
      if (cell === '') continue;
      const known = findParameter(heading)?.known;
      if (known === undefined && !this.#plan.unchecked.has(heading)) continue;
      const { built, path } = slots.get(heading) ?? {};
      if (built !== undefined && path !== undefined && into.get(heading)?.value !== cell.trim()) {
        this.#note([error('parameter.column-and-builder')], { tag: heading, key: path }, heading, false);
        continue;
      }
      const secret = known?.kind === 'secret' || this.#plan.secretColumns.has(heading) || holdsKey(cell);
      if (this.#check(heading, known, cell, heading, { fixed: false, secret }))
        into.set(heading, { value: cell, ua: into.get(heading)?.ua ?? 'na', secret, origin: { from: 'row', column: heading } });
    }
  }

  /** Checks that see several parameters at once, where one of them comes from the row; what is the recipe's own alone is told once, with the headings. */
  checkTogether(wishes: Wishes, handOff: Wishes): void {
    const keys = keyTagsIn(this.#recipe); // written by the bench itself
    const values = (tag: string): string | undefined => (keys.has(tag) ? 'key' : (handOff.get(tag) ?? wishes.get(tag))?.value.trim());
    const asked = new Set<Together>();
    for (const each of [wishes, handOff])
      for (const [tag, { origin }] of each)
        if (origin.from === 'row' || (origin.from === 'recipe' && origin.columns.length > 0))
          for (const check of togetherBy(tag)) asked.add(check);
    for (const { tags, find } of asked) {
      const finding = find(values);
      if (finding === undefined) continue;
      const [tag] = tags;
      const origin = (handOff.get(tag) ?? wishes.get(tag))?.origin;
      const column = origin?.from === 'row' ? origin.column : origin?.from === 'recipe' ? origin.path : tag;
      const { severity, code, params = {}, suggestion = null } = finding;
      this.problems.push({ line: this.#row.line, column, code, severity, params: { tag, ...params }, suggestion });
    }
  }

  /** True when the value can be written. Fixed values were checked with the recipe, but for what depends on the model. */
  #check(
    tag: string,
    known: Known | undefined,
    value: string,
    column: string,
    { fixed, secret }: { fixed: boolean; secret: boolean },
  ): boolean {
    const note = (severity: Problem['severity'], code: string, params: Problem['params'], suggestion: string | null = null): void =>
      void this.problems.push({ line: this.#row.line, column, code, severity, params: { tag, ...params }, suggestion });
    const found = this.#plan.unchecked.has(tag) ? undefined : findParameter(tag);
    const tooFar = found === undefined ? undefined : (beyond(this.#row.model, found) ?? extensionBeyond(this.#row.model, found, value));
    if (tooFar !== undefined) {
      note(tooFar.severity, tooFar.code, tooFar.params ?? {});
      if (tooFar.severity === 'error') return false;
    }
    if (fixed) return true;
    const findings = checkValue(this.#plan.unchecked.has(tag) ? undefined : known, value);
    this.#note(findings, { tag }, column, secret);
    return findings.every(({ severity }) => severity === 'warning');
  }

  /** Says what was found at a column of this row; of a secret without its value. */
  #note(findings: readonly Finding[], about: Problem['params'], column: string, secret: boolean): void {
    for (const { severity, code, params = {}, suggestion = null } of findings) {
      const { value: _told, ...untold } = params;
      const shown = secret ? untold : params;
      const problem = { severity, code, params: { ...about, ...shown }, suggestion: secret ? null : suggestion };
      this.problems.push({ line: this.#row.line, column, ...problem });
    }
  }

  /** Warns of empty cells a template uses; true when none was. The MAC of a row that is not bound yet is nobody's mistake. */
  #warnOfEmpty(columns: readonly string[], tag: string, quiet = false): boolean {
    const empty = columns.filter((column) => this.#columns[column] === '');
    for (const column of empty)
      if (column !== 'mac' && !quiet)
        this.problems.push({
          line: this.#row.line,
          column,
          code: 'csv.empty-value',
          severity: 'warning',
          params: { tag },
          suggestion: null,
        });
    return empty.length === 0;
  }
}
