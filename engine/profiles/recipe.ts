/**
 * A recipe: the YAML file an engineer writes once (design: a CSV and a recipe). Read strictly: an unknown key, or one this version
 * can't honour, is a problem with its line, never ignored.
 */
import type { Problem } from '../contract/problem.js';
import type { Pack } from '../phones/pack.js';
import { packNamed, packNames } from '../phones/packs.js';
import type { Delivery, Encryption, ParameterTemplates, Recipe } from './job.js';
import { type Meant, meantIn } from './meant-schema.js';
import { nearest } from './nearest.js';
import { recipeProblem, shown } from './problems.js';
import { clearProblems } from './recipe-clear.js';
import { keysAt } from './recipe-json-schema.js';
import { type DeliveryForm, type ParametersForm, recipeForm, type RecipeForm, textLimit } from './recipe-schema.js';
import { type Plain, type ReadYaml, yamlSteps } from './recipe-yaml.js';
import { finish, type Steps } from './slices.js';

export type ReadRecipe = { readonly recipe?: Recipe; readonly problems: readonly Problem[] };

/** How the text of the file under `template` is had; undefined when there is none of that name. */
export type ReadTemplate = (name: string) => string | undefined;

export type RecipeOptions = {
  readonly readTemplate?: ReadTemplate;
  /** The year whose summer time is meant; this one unless said. */
  readonly year?: number;
};

/** Reads and checks a recipe; never throws. There is a `recipe` only when nothing is wrong with it; warnings may come with one. */
export function readRecipe(text: string, options: RecipeOptions = {}): ReadRecipe {
  return finish(recipeSteps(text, options));
}

/** The same in steps. */
export function* recipeSteps(text: string, { readTemplate, year = new Date().getUTCFullYear() }: RecipeOptions = {}): Steps<ReadRecipe> {
  const yaml = yield* yamlSteps(text.replace(/^\uFEFF/, ''));
  if (yaml.value === undefined) return { problems: yaml.problems };
  yield;
  const form = recipeForm.safeParse(yaml.value);
  yield;
  if (!form.success) return { problems: [...form.error.issues.flatMap((issue) => issueProblems(issue, yaml)), ...notYet(yaml)] };

  const problem = problemsOf(yaml);
  const pack = packNamed(form.data.phones);
  if (pack === undefined) return { problems: [problem('recipe.unknown-pack', 'phones', {}, nearest(form.data.phones, packNames()))] };
  const template = yield* readTemplateFile(form.data, yaml, pack, readTemplate);
  yield;
  const { models, problems: modelProblems } = readModels(form.data, yaml, pack);
  const recipe: Recipe = {
    name: form.data.name,
    phones: pack.name,
    ...(form.data.columns === undefined ? {} : { columns: form.data.columns }),
    ...meantOf(form.data),
    year,
    parameters: templates(form.data.parameters, 'parameters', yaml),
    ...clearIn(form.data),
    unchecked: form.data.unchecked ?? [],
    template: template.parameters,
    delivery: { transport: 'http', ...deliveryIn(form.data.delivery) },
    ...dhcpIn(form.data.dhcp),
    models,
    bootstrap: plainTexts(form.data.bootstrap, 'bootstrap', yaml),
    handOff: templates(form.data.handOff, 'handOff', yaml),
    lines: yaml.lines,
  };
  yield;
  const problems = [
    ...notYet(yaml),
    ...booleans(form.data, yaml),
    ...clearProblems(form.data, yaml.lines),
    ...template.problems,
    ...modelProblems,
    ...(yield* pack.checkSteps(recipe)),
  ];
  return problems.some(({ severity }) => severity === 'error') ? { problems } : { recipe, problems };
}

/** The recipe of a job without one: the CSV's columns named like parameters say everything. */
export function defaultRecipe(phones = 'cisco-mpp'): Recipe {
  return {
    name: 'Columns of the CSV',
    phones,
    parameters: {},
    unchecked: [],
    template: {},
    delivery: { transport: 'http' },
    models: {},
    bootstrap: {},
    handOff: {},
    lines: {},
  };
}

function problemsOf({ lines }: ReadYaml) {
  return (code: string, path: string, params: Problem['params'] = {}, suggestion: string | null = null): Problem =>
    recipeProblem('error', code, path, lines, params, suggestion);
}

type Issue = NonNullable<ReturnType<typeof recipeForm.safeParse>['error']>['issues'][number];

/** What zod found, as problems of ours: unknown and missing keys by name, all else as a value of the wrong form. */
function issueProblems(issue: Issue, yaml: ReadYaml): Problem[] {
  const problem = problemsOf(yaml);
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().filter(({ code, path }) => code === 'unrecognized_keys' || path.length > 0);
    if (inner.length > 0) return inner.flatMap((each) => issueProblems({ ...each, path: [...issue.path, ...each.path] }, yaml));
  }
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      problem('recipe.unknown-key', path === '' ? key : `${path}.${key}`, { key }, nearest(key, keysAt(issue.path))),
    );
  const written = at(yaml.value, issue.path);
  if (path === 'benchtone') return [problem(written === undefined ? 'recipe.version-missing' : 'recipe.version', path)];
  if (written === undefined) return [problem('recipe.missing-key', path)];
  if (path === '') return [problem('recipe.none', path)];
  if (typeof written === 'string' && written.length > textLimit)
    return [problem('parameter.too-long', path, { tag: shown(path), limit: textLimit })];
  if (issue.code !== 'invalid_value' || typeof written !== 'string') return [problem('recipe.form', path)];
  const values = issue.values.map(String).filter((value) => value !== 'https'); // known, but not yet to be had
  return [problem('recipe.choice', path, { value: shown(written), values: values.join(', ') }, nearest(written, values))];
}

/** What the design promises and this version lacks. Refused whatever else is wrong. */
function notYet(yaml: ReadYaml): Problem[] {
  const problem = problemsOf(yaml);
  const within = (path: readonly string[]): Problem[] => {
    const found: Problem[] = [];
    const refuse = (key: string, code: string): void =>
      void found.push(problem(`recipe.not-yet.${code}`, [...path, ...key.split('.')].join('.')));
    if (at(yaml.value, [...path, 'firmware']) !== undefined) refuse('firmware', 'firmware');
    if (at(yaml.value, [...path, 'delivery', 'transport']) === 'https') refuse('delivery.transport', 'https');
    return found;
  };
  const models = at(yaml.value, ['models']);
  return [...within([]), ...keysOf(models).flatMap((model) => within(['models', model]))];
}

/** `true` and `false` without quotes: YAML's own words, which a phone spells Yes and No. */
function booleans(form: RecipeForm, { unquoted, lines }: ReadYaml): Problem[] {
  const written = (parameters: ParametersForm | undefined, path: string): Problem[] =>
    Object.entries(parameters ?? {}).flatMap(([tag, value]) => {
      const at = typeof value === 'string' ? `${path}.${tag}` : `${path}.${tag}.value`;
      const said = typeof value === 'string' ? value : (value.value ?? '');
      return unquoted.has(at) && yesOrNo[said] !== undefined
        ? recipeProblem('warning', 'recipe.boolean', `${path}.${tag}`, lines, {}, yesOrNo[said])
        : [];
    });
  return [
    ...written(form.parameters, 'parameters'),
    ...Object.entries(form.models ?? {}).flatMap(([model, { parameters }]) => written(parameters, `models.${model}.parameters`)),
    ...written(form.bootstrap, 'bootstrap'),
    ...written(form.handOff, 'handOff'),
  ];
}

const yesOrNo: Readonly<Record<string, string | undefined>> = { true: 'Yes', false: 'No' };

function templates(form: ParametersForm | undefined, path: string, { unquoted }: ReadYaml): ParameterTemplates {
  return Object.fromEntries(
    Object.entries(form ?? {}).map(([tag, said]) => {
      const { value = '', ua = 'na', clear } = typeof said === 'string' ? { value: said, ua: undefined, clear: undefined } : said;
      const bare = unquoted.has(typeof said === 'string' ? `${path}.${tag}` : `${path}.${tag}.value`);
      return [tag, { value: (bare ? yesOrNo[value] : undefined) ?? value, ua, ...(clear === undefined ? {} : { clear: true as const }) }];
    }),
  );
}

function plainTexts(form: RecipeForm['bootstrap'], path: string, yaml: ReadYaml): Recipe['bootstrap'] {
  return Object.fromEntries(Object.entries(templates(form, path, yaml)).map(([tag, { value }]) => [tag, value]));
}

function deliveryIn({ transport, gzip, encrypt, account, parts }: DeliveryForm = {}): Partial<Delivery> {
  return {
    ...(transport === undefined || transport === 'https' ? {} : { transport }), // https: refused by notYet
    ...(gzip === undefined ? {} : { gzip: gzip === 'true' }),
    ...(encrypt === undefined ? {} : { encrypt: encryptionIn(encrypt) }),
    ...(account === undefined ? {} : { account }),
    ...(parts === undefined ? {} : { parts: parts === 'true' }),
  };
}

function encryptionIn(form: NonNullable<DeliveryForm['encrypt']>): Encryption | false {
  if (form === 'false') return false;
  if (form === 'true') return { form: 'salted', digest: 'sha256' };
  const keep = form.keep === undefined ? {} : { keep: form.keep === 'true' };
  return 'content' in form
    ? { form: 'aes128gcm', ikm: form.ikm ?? 'base64url', ...keep }
    : { form: 'salted', digest: form.digest ?? 'sha256', ...keep };
}

function readModels(form: RecipeForm, yaml: ReadYaml, pack: Pack): { models: Recipe['models']; problems: Problem[] } {
  const problem = problemsOf(yaml);
  const models: Record<string, Recipe['models'][string]> = {};
  const problems: Problem[] = [];
  for (const [written, own] of Object.entries(form.models ?? {})) {
    const { parameters, delivery, dhcp } = own;
    const read = pack.readModel(written);
    if (read.model === undefined) {
      problems.push(problem('recipe.unknown-model', `models.${written}`, {}, read.suggestion));
      continue;
    }
    if (Object.hasOwn(models, read.model)) problems.push(problem('recipe.model-twice', `models.${written}`, { model: read.model }));
    models[read.model] = {
      parameters: templates(parameters, `models.${written}.parameters`, yaml),
      ...clearIn(own),
      ...meantOf(own),
      ...(delivery === undefined ? {} : { delivery: deliveryIn(delivery) }),
      ...dhcpIn(dhcp),
    };
  }
  return { models, problems };
}

function clearIn({ clear }: Pick<RecipeForm, 'clear'>): Pick<Recipe, 'clear'> {
  return clear === undefined ? {} : { clear };
}

function meantOf(form: Meant): Pick<Recipe, 'meant'> {
  const meant = meantIn(form);
  return meant === undefined ? {} : { meant };
}

function dhcpIn(form: RecipeForm['dhcp']): Pick<Recipe, 'dhcp'> {
  return form?.options === undefined ? {} : { dhcp: form.options };
}

function* readTemplateFile(form: RecipeForm, yaml: ReadYaml, pack: Pack, readTemplate: ReadTemplate | undefined) {
  if (form.template === undefined) return { parameters: {}, problems: [] };
  const text = readTemplate?.(form.template);
  if (text === undefined)
    return { parameters: {}, problems: [problemsOf(yaml)('recipe.template-missing', 'template', { name: form.template.slice(0, 200) })] };
  const { parameters, problems } = yield* pack.templateSteps(text);
  return {
    parameters,
    problems: problems.map(({ severity, code, column, params }) => recipeProblem(severity, code, column ?? 'template', yaml.lines, params)),
  };
}

function at(value: Plain | undefined, path: readonly PropertyKey[]): Plain | undefined {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined;
    here = (here as Readonly<Record<PropertyKey, Plain>>)[key];
  }
  return here;
}

function keysOf(value: Plain | undefined): string[] {
  return typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
}
