/**
 * A recipe, prepared: every template parsed once, every tag looked up once, and what is wrong for all rows alike found once.
 */
import type { Problem } from '../../contract/problem.js';
import type { ParameterTemplates, Recipe } from '../../profiles/job.js';
import { invisible } from '../../profiles/csv-damage.js';
import { recipeProblem } from '../../profiles/problems.js';
import { finish, type Steps } from '../../profiles/slices.js';
import { parseTemplate, type Template } from '../../profiles/template.js';
import { isElementName } from '../../profiles/xml.js';
import { type AccountPlan, planAccount } from './account.js';
import { benchTags, markerTag, partTags } from './bench-values.js';
import { builtSlots, disagreements } from './builders/slots.js';
import type { Known } from './catalogue/entry.js';
import { transportFor } from './delivery.js';
import { checkOptions } from './dhcp-options.js';
import { error, type Finding, warning } from './findings.js';
import { encryptionFor, keyTagsIn } from './keys.js';
import { findParameter } from './parameters.js';
import type { Slot } from './slot.js';
import { whyUnknown } from './unknown.js';
import { checkClear, checkValue } from './values.js';

export type Plan = {
  readonly problems: readonly Problem[];
  readonly unchecked: ReadonlySet<string>;
  /** Columns that feed a secret parameter somewhere: what they hold is told nowhere. */
  readonly secretColumns: ReadonlySet<string>;
  /** Every column some value is taken from. */
  readonly columns: ReadonlySet<string>;
  slotsFor(model: string): ReadonlyMap<string, Slot>;
  accountFor(model: string): AccountPlan | undefined;
  readonly handOff: ReadonlyMap<string, Slot>;
};

/** Rows come by the thousand, recipes are values that do not change: each is planned once for as long as it lives. */
const plans = new WeakMap<Recipe, Plan>();

/** The plan of a recipe. */
export function planOf(recipe: Recipe): Plan {
  return plans.get(recipe) ?? finish(planSteps(recipe));
}

/** The same in steps. */
export function* planSteps(recipe: Recipe): Steps<Plan> {
  const made = plans.get(recipe) ?? (yield* makePlan(recipe));
  plans.set(recipe, made);
  return made;
}

function* makePlan(recipe: Recipe): Steps<Plan> {
  const unchecked = new Set(recipe.unchecked);
  const problems: Problem[] = [];
  function* slots(templates: ParameterTemplates, path: string): Steps<Map<string, Slot>> {
    const made = yield* readSlots(recipe, templates, path, unchecked);
    problems.push(...made.problems);
    return new Map(made.slots.map((slot) => [slot.tag, slot]));
  }
  const built = (model: string | undefined, plain: ReadonlyMap<string, Slot>): [string, Slot][] => {
    const made = builtSlots(recipe, model, new Set(plain.keys()));
    problems.push(...made.problems, ...disagreements(recipe, model, made.slots));
    return made.slots.map((slot) => [slot.tag, slot]);
  };
  const everywhere = new Map([
    ...(yield* slots(recipe.template, 'template')),
    ...(yield* slots(recipe.parameters, 'parameters')),
    ...(yield* slots(emptied(recipe.clear), 'clear')),
  ]);
  const shared = new Map([...everywhere, ...built(undefined, everywhere)]);
  const byModel = new Map<string, ReadonlyMap<string, Slot>>();
  for (const [model, { parameters, clear }] of Object.entries(recipe.models)) {
    const plain = new Map([
      ...everywhere,
      ...(yield* slots(parameters, `models.${model}.parameters`)),
      ...(yield* slots(emptied(clear), `models.${model}.clear`)),
    ]);
    byModel.set(model, new Map([...plain, ...built(model, plain)]));
  }
  const handOff = yield* slots(recipe.handOff, 'handOff');
  const accounts = new Map(Object.keys(recipe.models).map((model) => [model, planAccount(recipe, model)]));
  const account = planAccount(recipe, undefined);
  const planned = [account, ...accounts.values()];
  problems.push(...new Map(planned.flatMap((each) => each.problems).map((problem) => [problem.column, problem])).values());
  const all = [shared, ...byModel.values(), handOff].flatMap((map) => Array.from(map.values()));
  problems.push(...checkOptions(recipe), ...checkEncryption(recipe));
  problems.push(...checkBootstrap(recipe, new Set([...shared.keys(), ...handOff.keys()])));
  return {
    problems: told(problems),
    unchecked,
    secretColumns: new Set([
      ...all.filter(({ known }) => known?.kind === 'secret').flatMap(({ template }) => template.columns),
      ...planned.flatMap((each) => each.account?.password.columns ?? []),
    ]),
    columns: new Set([
      ...all.flatMap(({ template }) => template.columns),
      ...planned.flatMap(({ account: each }) => (each === undefined ? [] : each.user.columns.concat(each.password.columns))),
    ]),
    slotsFor: (model) => byModel.get(model) ?? shared,
    accountFor: (model) => (accounts.get(model) ?? account).account,
    handOff,
  };
}

/** The tags of `clear`, as parameters without a value. */
function emptied(clear: readonly string[] = []): ParameterTemplates {
  return Object.fromEntries(clear.map((tag) => [tag, { value: '', ua: 'na', clear: true }]));
}

/** Each problem once: what holds for all models is found again for each that says something of its own. */
function told(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.code, problem.column, problem.params]), problem])).values()];
}

function* readSlots(
  recipe: Recipe,
  templates: ParameterTemplates,
  path: string,
  unchecked: ReadonlySet<string>,
): Steps<{ readonly slots: readonly Slot[]; readonly problems: readonly Problem[] }> {
  const keyTags = keyTagsIn(recipe);
  const slots: Slot[] = [];
  const problems: Problem[] = [];
  for (const [tag, { value, ua, clear }] of Object.entries(templates)) {
    yield;
    const at = `${path}.${tag}`;
    const note = (severity: Problem['severity'], code: string, params: Problem['params'] = {}, suggestion: string | null = null): void =>
      void problems.push(recipeProblem(severity, code, at, recipe.lines, { tag, ...params }, suggestion));
    const known = findParameter(tag)?.known;
    const refusal = keyTags.has(tag) ? error('recipe.key-tag') : refuseTag(tag, path, known, unchecked);
    if (refusal !== undefined) {
      note('error', refusal.code, refusal.params ?? {}, refusal.suggestion ?? null);
      continue;
    }
    const parsed = parseTemplate(value);
    if (!parsed.ok) {
      note('error', 'recipe.template-syntax');
      continue;
    }
    const { template } = parsed;
    if (template.columns.length === 0 && value === '' && path !== 'handOff' && clear !== true) {
      if (path !== 'template') note('warning', 'parameter.empty'); // an exported profile is full of them
      continue;
    }
    const findings = clear === true ? checkClear(known, ua) : checkFixed(template, value, unchecked.has(tag) ? undefined : known);
    for (const { severity, code, params, suggestion } of findings) note(severity, code, params, suggestion);
    if (template.columns.length === 0 && holdsSecret(known, value)) note('warning', 'recipe.secret-inside');
    slots.push({ tag, template, ua, path: at, ...(known === undefined ? {} : { known }) });
  }
  return { slots, problems };
}

/** A password written out, or a rule with one; what the phone itself fills in (`$A`) is none. */
function holdsSecret(known: Known | undefined, value: string): boolean {
  return (known?.kind === 'secret' && value !== '') || /--(?:key|pwd)\s+"?[^"$\s\]]/.test(value);
}

/** What is wrong with a value that is the same for every row. */
function checkFixed(template: Template, value: string, known: Known | undefined): Finding[] {
  const dress = [
    ...(/^[\u201c\u201d\u201e\u2018\u2019\u201a].*[\u201c\u201d\u2018\u2019]$/s.test(value) ? [warning('recipe.smart-quotes')] : []),
    ...(invisible.test(value) ? [warning('recipe.invisible')] : []),
  ];
  return template.columns.length === 0 && value !== '' ? [...dress, ...checkValue(known, value)] : dress;
}

function refuseTag(tag: string, path: string, known: Known | undefined, unchecked: ReadonlySet<string>): Finding | undefined {
  if (tag === markerTag) return error('recipe.marker');
  if (!isElementName(tag)) return error('parameter.name');
  if (known === undefined && !unchecked.has(tag)) return whyUnknown(tag);
  if (path === 'handOff' && /^Admin_Passwo?r?d$/.test(tag)) return error('recipe.admin-password-in-hand-off'); // the bench would lock itself out
  return undefined;
}

/** RFC 8188 is a matter of HTTP's head, which TFTP has not. */
function checkEncryption(recipe: Recipe): Problem[] {
  return [undefined, ...Object.keys(recipe.models)].flatMap((model) => {
    const encryption = encryptionFor(recipe, model);
    if (encryption?.form !== 'aes128gcm' || transportFor(recipe, model) === 'http') return [];
    return recipeProblem(
      'error',
      'recipe.encrypt-needs-http',
      model === undefined ? 'delivery.encrypt' : `models.${model}.delivery`,
      recipe.lines,
    );
  });
}

/** `bootstrap` goes to every phone, proven or not: no secret, nothing from a row, nothing that can't be put back. */
function checkBootstrap(recipe: Recipe, wished: ReadonlySet<string>): Problem[] {
  const reserved: ReadonlySet<string> = new Set([...benchTags, ...partTags, 'Profile_Rule']);
  return Object.entries(recipe.bootstrap).flatMap(([tag, value]) => {
    const note = (
      code: string,
      suggestion: string | null = null,
      params: Problem['params'] = {},
      severity: Problem['severity'] = 'error',
    ) => recipeProblem(severity, code, `bootstrap.${tag}`, recipe.lines, { tag, ...params }, suggestion);
    const known = findParameter(tag)?.known;
    if (tag === markerTag) return note('recipe.marker');
    if (keyTagsIn(recipe).has(tag)) return note('recipe.key-tag');
    if (reserved.has(tag)) return note('recipe.bootstrap-reserved');
    if (!isElementName(tag)) return note('parameter.name');
    if (known === undefined && !recipe.unchecked.includes(tag)) {
      const { code, params, suggestion } = whyUnknown(tag);
      return note(code, suggestion, params);
    }
    if (known?.kind === 'secret') return note('recipe.bootstrap-secret');
    if (value === '' || value.includes('{{') || value.includes('{%')) return note('recipe.bootstrap-value');
    if (typeof known?.default !== 'string' && !wished.has(tag)) return note('recipe.bootstrap-no-default');
    return checkValue(recipe.unchecked.includes(tag) ? undefined : known, value).map(({ code, suggestion, params, severity }) =>
      note(code, suggestion, params, severity),
    );
  });
}
