/**
 * What is wished for a phone, put where it belongs: the device file, or what waits for the hand-off, with every value of the bench put back.
 *
 * Where it goes depends on the tags alone, so it is settled once for all rows that fill the same ones; the texts come last.
 */
import { Secret } from '../../contract/secret.js';
import type { Encryption, Recipe } from '../../profiles/job.js';
import type { Alike, Compiled, Parameter } from '../pack.js';
import { benchTags, deviceShare, partTags } from './bench-values.js';
import { inParts, transportFor } from './delivery.js';
import { keepLine } from './flat-profile.js';
import { encryptionFor, lastRuleTag, spentKeyTags } from './keys.js';
import { findParameter } from './parameters.js';
import type { Wish, Wishes } from './wish.js';

/** Settles where everything goes; `forMany` rows, or for one. */
export function arrange(recipe: Recipe, model: string, wishes: Wishes, handOff: Wishes, forMany: boolean): Alike['arranged'] {
  const encryption = encryptionFor(recipe, model);
  const parts = inParts(recipe, model);
  const borrowed = borrowedBy(recipe, encryption, parts);
  const device: (readonly [string, Wish])[] = [];
  const atEnd = factoryValues(borrowed);
  for (const [tag, wish] of wishes) {
    if (borrowed.has(tag) || findParameter(tag)?.known.waits !== undefined) atEnd.set(tag, wish);
    else device.push([tag, wish]);
  }
  const admin = wishes.get('Admin_Password') ?? wishes.get('Admin_Passwd');
  for (const [tag, wish] of wishes)
    for (const other of otherSpellings(tag))
      if (!wishes.has(other)) device.push([other, { ...wish, origin: { from: 'pack', why: 'spelling' } }]);
  device.push([deviceShare.tag, { value: deviceShare.value, ua: 'na', secret: false, origin: { from: 'bench', why: 'needs' } }]);
  for (const [tag, wish] of handOff) atEnd.set(tag, wish);
  putBackKeys(encryption, [wishes, handOff], atEnd);

  const fixed = {
    model,
    transport: transportFor(recipe, model),
    ...(encryption === undefined ? {} : { encryption }),
    ...(parts ? { parts } : {}),
  };
  const port = Number(recipe.bootstrap['Web_Server_Port'] ?? '80');
  const [ofDevice, ofEnd] = [parametersOf(device, forMany), endOf([...atEnd], port, forMany)];
  return (texts) => ({
    ...fixed,
    device: ofDevice(texts),
    admin: { user: 'admin', ...(admin === undefined ? {} : { password: new Secret(textOf(admin, texts).trim()) }) },
    webPort: port,
    ...ofEnd(texts),
  });
}

type AtEnd = Pick<Compiled, 'handOff' | 'webPortAfter' | 'readableAfter' | 'leavesBench'>;

/** What the hand-off brings; the same for every row where nothing of it is the row's. */
function endOf(atEnd: readonly (readonly [string, Wish])[], port: number, forMany: boolean): (texts: readonly string[]) => AtEnd {
  const parameters = parametersOf(atEnd, forMany);
  const wishOf = new Map(atEnd);
  const make = (texts: readonly string[]): AtEnd => {
    const text = (tag: string): string | undefined => {
      const wish = wishOf.get(tag);
      return wish === undefined ? undefined : textOf(wish, texts).trim();
    };
    return {
      handOff: parameters(texts),
      webPortAfter: Number(text('Web_Server_Port') ?? port),
      readableAfter: !atEnd.some(([tag, wish]) => endsReading(tag, textOf(wish, texts))),
      leavesBench: !/^(?:\/|$)/.test(text('Profile_Rule') ?? ''),
    };
  };
  if (atEnd.some(([, { at }]) => at !== undefined)) return make;
  let made: AtEnd | undefined;
  return (texts) => (made ??= make(texts));
}

/** Parameters that are the same for every row are made once, and so are one and the same for every row. */
function parametersOf(wishes: readonly (readonly [string, Wish])[], forMany: boolean): (texts: readonly string[]) => readonly Parameter[] {
  const made = wishes.map(([tag, wish]) => (wish.at === undefined ? parameter(tag, wish, wish.value) : undefined));
  if (forMany) for (const each of made) if (each !== undefined) keepLine(each);
  return (texts) => wishes.map(([tag, wish], i) => made[i] ?? parameter(tag, wish, textOf(wish, texts)));
}

function textOf({ value, at }: Wish, texts: readonly string[]): string {
  return at === undefined ? value : (texts[at] ?? '');
}

function parameter(tag: string, { ua, secret, origin }: Wish, value: string): Parameter {
  return { tag, value: secret ? new Secret(value) : value, ua, origin };
}

function factoryValues(tags: ReadonlySet<string>): Wishes {
  const value = (tag: string): string => findParameter(tag)?.known.default ?? '';
  return new Map([...tags].map((tag) => [tag, { value: value(tag), ua: 'na', secret: false, origin: { from: 'pack', why: 'factory' } }]));
}

/** What the bench writes for its own sake, whoever else wishes for it. */
function borrowedBy(recipe: Recipe, encryption: Encryption | undefined, parts: boolean): ReadonlySet<string> {
  const rules = [...(encryption === undefined ? [] : [lastRuleTag]), ...(parts ? partTags : [])];
  return new Set([...benchTags, ...rules, ...Object.keys(recipe.bootstrap)]);
}

/** What production has no use for goes with the bench. */
function putBackKeys(encryption: Encryption | undefined, [wishes, last]: readonly [Wishes, Wishes], atEnd: Wishes): void {
  if (encryption === undefined) return;
  const rules: string[] = [];
  for (const all of [wishes, last])
    for (const [tag, { value }] of all)
      if (value.includes('$') && (all === last || !last.has(tag)) && findParameter(tag)?.known.kind === 'rule') rules.push(value);
  for (const tag of spentKeyTags(encryption, rules))
    atEnd.set(tag, { value: '', ua: 'na', secret: false, origin: { from: 'pack', why: 'factory' } });
}

/** The other spellings of a tag: releases know one or the other and ignore what they do not know, so all are written. */
function otherSpellings(tag: string): readonly string[] {
  const known = findParameter(tag)?.known;
  return known?.also === undefined ? [] : [known.tag, ...known.also].filter((each) => each !== tag);
}

function endsReading(tag: string, value: string): boolean {
  const text = value.trim().toLowerCase();
  return (findParameter(tag)?.known.endsReading ?? []).some((each) => (each === '*' ? text !== '' : each.toLowerCase() === text));
}
