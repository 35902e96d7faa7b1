/**
 * Files somebody already has and a person's decisions about them -> a recipe, and everything that has to be decided before there is one.
 *
 * Nothing is guessed: a tag the phones do not know, one in the wrong case, a server's tag without a meaning and a value a phone would
 * drop stay open until the person says what becomes of them. Literal passwords become columns of the list; they are never written.
 */
import type { Problem } from '../../contract/problem.js';
import type { ForeignEntry, ForeignProfile } from '../../phones/foreign.js';
import type { Pack } from '../../phones/pack.js';
import { errorAt, warningAt } from '../problems.js';
import { recipeSteps } from '../recipe.js';
import { finish, type Steps } from '../slices.js';
import { parseTemplate } from '../template.js';
import { recipeText } from './recipe-text.js';
import { type Decisions, type ImportedTag, Judge, keyTagsIn, passwordsIn } from './judging.js';
import { isSecretTag, proposalFor, serverTagsIn } from './server-tags.js';

export type Chosen = { readonly name: string; readonly text: string };

type ServerTag = {
  readonly tag: string;
  /** The tags of the file whose values hold it. */
  readonly usedBy: readonly string[];
  readonly proposal: string | null;
  readonly becomes: string | null;
  readonly secret: boolean;
};

export type Imported = {
  readonly tags: readonly ImportedTag[];
  readonly serverTags: readonly ServerTag[];
  /** Of files and decisions as a whole; `params.name` names the file. */
  readonly problems: readonly Problem[];
  /** What has to be decided before there is a recipe. */
  readonly open: number;
  /** Columns the recipe takes from the list, in their order. */
  readonly columns: readonly string[];
  /** The recipe as YAML; null while something is open or wrong. */
  readonly recipe: string | null;
};

/** Reads the files in their order, a later one winning over an earlier, and applies the decisions. Never throws. */
export function importProfiles(pack: Pack, files: readonly Chosen[], decisions: Decisions = {}, name = 'Imported'): Imported {
  return finish(importSteps(pack, files, decisions, name));
}

/** The same in steps: a file of thousands of tags nobody knows takes its time, and phones ask meanwhile. */
export function* importSteps(pack: Pack, files: readonly Chosen[], decisions: Decisions = {}, name = 'Imported'): Steps<Imported> {
  const read: { readonly file: string; readonly profile: ForeignProfile }[] = [];
  for (const { name: file, text } of files) {
    read.push({ file, profile: yield* pack.foreign.readSteps(text) });
    yield;
  }
  const problems: Problem[] = read.flatMap(({ file, profile }) => profile.problems.map((each) => inFile(each, file)));
  const entries = read.flatMap(({ file, profile }) => profile.entries.map((entry) => ({ file, entry })));
  const last = new Map<string, ForeignEntry>();
  for (const { entry } of entries) if (entry.value !== '') last.set(entry.tag, entry);

  const refused = refusedTexts(decisions.map);
  problems.push(...refused.map((column) => errorAt('import.secret-value', { column })));
  const map = Object.fromEntries(Object.entries(decisions.map ?? {}).filter(([tag]) => !refused.includes(tag)));
  const plain = entries.map(({ entry }) => entry);
  const judge = new Judge(pack, { ...decisions, map }, passwordsIn(pack, plain), keyTagsIn(pack, plain));
  const judged: ImportedTag[] = [];
  for (const { file, entry } of entries) {
    judged.push(judge.judge(file, entry, last.get(entry.tag)));
    yield;
  }
  const tags = withoutTwins(judged);
  const serverTags = collectServerTags(tags, { ...decisions, map });
  const openTags = serverTags.filter(({ becomes }) => becomes === null).length;
  const open = tags.filter(({ status }) => status === 'open').length + openTags;
  const taken = tags.filter(({ status }) => status === 'taken');
  const broken = problems.some(({ severity }) => severity === 'error');
  if (open > 0 || broken || taken.length === 0) {
    const none = !broken && entries.length > 0 && taken.length === 0 && open === 0 ? [errorAt('import.nothing')] : [];
    return { tags, serverTags, problems: [...problems, ...none], open, columns: columnsOf(taken), recipe: null };
  }
  const recipe = recipeText({
    name,
    phones: pack.name,
    files: files.map((file) => file.name),
    columns: columnsOf(taken),
    tags: taken.map(({ tag, becomes, ua, place }) => ({ tag, value: becomes ?? '', ua, place })),
    unchecked: taken.filter(({ written }) => decisions.keep?.includes(written)).map(({ tag }) => tag),
  });
  const ofRecipe = (yield* recipeSteps(recipe)).problems.filter(({ severity }) => severity === 'error');
  return {
    tags,
    serverTags,
    problems: [...problems, ...ofRecipe],
    open,
    columns: columnsOf(taken),
    recipe: ofRecipe.length > 0 ? null : recipe,
  };
}

function inFile(problem: Problem, name: string): Problem {
  return { ...problem, params: { ...problem.params, name } };
}

/** Server tags of passwords that were given a text of their own: such a tag can become a column alone. */
function refusedTexts(map: Decisions['map'] = {}): string[] {
  return Object.entries(map).flatMap(([tag, said]) =>
    isSecretTag(tag) && said !== '' && !/^\s*\{\{[^{}]+\}\}\s*$/.test(said) ? [tag] : [],
  );
}

/** Two tags of the file that were given the same name: the later wins, as on the phone. */
function withoutTwins(tags: readonly ImportedTag[]): readonly ImportedTag[] {
  const last = new Map<string, ImportedTag>();
  for (const each of tags) if (each.status === 'taken') last.set(each.tag, each);
  return tags.map((each) => {
    const winner = last.get(each.tag);
    if (each.status !== 'taken' || winner === each || winner === undefined) return each;
    const problem = warningAt('import.overruled', { line: each.line, column: each.written }, { last: winner.line ?? 0 });
    return { ...each, status: 'overruled', becomes: null, problems: [...each.problems, problem] };
  });
}

/** Each once, in the order of the file; of what is not taken none. */
function collectServerTags(tags: readonly ImportedTag[], { map = {}, drop = [] }: Decisions): readonly ServerTag[] {
  const used = new Map<string, ImportedTag[]>();
  for (const each of tags)
    if (each.status === 'taken' || each.status === 'open' || (each.status === 'dropped' && !drop.includes(each.written)))
      for (const tag of new Set(serverTagsIn(each.value))) used.set(tag, [...(used.get(tag) ?? []), each]);
  return [...used].map(([tag, by]) => ({
    tag,
    usedBy: by.map(({ written }) => written),
    proposal: proposalFor(tag),
    becomes: Object.hasOwn(map, tag) ? (map[tag] ?? null) : null,
    secret: isSecretTag(tag) || by.some(({ secret }) => secret),
  }));
}

function columnsOf(tags: readonly ImportedTag[]): readonly string[] {
  const columns = tags.flatMap(({ becomes }) => {
    const parsed = parseTemplate(becomes ?? '');
    return parsed.ok ? parsed.template.columns : [];
  });
  return [...new Set(['mac', 'model', ...columns])];
}

/** The person takes every proposal: columns for well-known server tags, the nearest spelling where it differs in case and signs alone. */
export function acceptProposals(imported: Imported, decisions: Decisions): Decisions {
  const proposed = imported.serverTags.flatMap(({ tag, becomes, proposal }) =>
    becomes === null && proposal !== null ? [[tag, proposal] as const] : [],
  );
  const respelled = imported.tags.flatMap(({ status, written, meant, problems }) =>
    status === 'open' && meant !== null && problems.some(({ code }) => code === 'import.wrong-case') ? [[written, meant] as const] : [],
  );
  return {
    ...decisions,
    map: { ...Object.fromEntries(proposed), ...decisions.map },
    rename: { ...Object.fromEntries(respelled), ...decisions.rename },
  };
}
