/**
 * Places people name -> IANA time zones. Names come from the time-zone data of the program: its zones and their cities (`Asia/Tokyo`,
 * "Tokyo"), and in English and Japanese the countries and cities its own names of times are made of ("Japan Time", 日本時間). Large cities
 * that no zone is named after stand in `resources/places.json`.
 */
import { z } from 'zod';
import cities from '../../resources/places.json' with { type: 'json' };
import { nearest } from './nearest.js';

const cityList = z.record(z.string(), z.array(z.string())).parse(cities);

/** What a zone may be prefixed with; for names newer than those the program lists (Kolkata, Kyiv). */
const areas = ['Asia', 'Europe', 'America', 'Africa', 'Pacific', 'Australia', 'Atlantic', 'Indian', 'America/Argentina', 'America/Indiana'];

export type FoundPlace = { readonly zone: string } | { readonly zone?: undefined; readonly suggestion: string | null };

const found = new Map<string, FoundPlace>();
const keptLimit = 2000;

/** The zone of a place as people write it; else the nearest known name. */
export function findPlace(text: string): FoundPlace {
  const known = found.get(text);
  if (known !== undefined) return known;
  const name = text.normalize('NFKC').trim().slice(0, 100);
  const zone = zoneNamed(name) ?? zoneOfCity(name) ?? byCity().get(letters(name)) ?? byCountry(name)().get(letters(name));
  const place = zone === undefined ? { suggestion: nearest(name, shownNames()) } : { zone };
  if (found.size < keptLimit) found.set(text, place);
  return place;
}

/** An IANA zone in its own spelling; undefined for what is none, abbreviations (EST) and bare offsets (+09:00, Etc/GMT-9) among them. */
function zoneNamed(name: string): string | undefined {
  if (/^(?:utc|gmt)$/i.test(name)) return 'UTC';
  if (!/^[A-Za-z_]+(?:\/[A-Za-z_+-]+){1,2}$/.test(name) || /^etc\//i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function zoneOfCity(name: string): string | undefined {
  const city = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[\s_]+/g, '_');
  for (const area of areas) {
    const zone = zoneNamed(`${area}/${city}`);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

/** What "New York", "new_york" and "NEW-YORK" have in common; accents do not count. */
function letters(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

type Named = readonly (readonly [name: string, zone: string])[];

const listed = once(() => Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/') && !zone.startsWith('Etc/')));

/** The zones' own cities outweigh a larger place of the same name. */
const cityNames = once((): Named => [
  ...Object.entries(cityList).flatMap(([zone, named]) => named.map((city) => [city, zone] as const)),
  ...listed().map((zone) => [(zone.split('/').at(-1) ?? '').replaceAll('_', ' '), zone] as const),
]);
const english = once(() => [...countryNames('en', 'shortGeneric', /^(?<place>.+) Time$/)]);
const japanese = once(() => [
  ...countryNames('ja', 'longGeneric', /^(?<place>.+)標準時$/),
  ...countryNames('ja', 'shortGeneric', /^(?<place>.+)時間$/),
]);

function countryNames(language: string, timeZoneName: 'shortGeneric' | 'longGeneric', form: RegExp): Named {
  return listed().flatMap((timeZone) => {
    const said = new Intl.DateTimeFormat(language, { timeZone, timeZoneName }).formatToParts(0).find(({ type }) => type === 'timeZoneName');
    const place = form.exec(said?.value ?? '')?.groups?.['place'];
    return place === undefined ? [] : [[place, timeZone] as const];
  });
}

const byCity = once(() => indexed(cityNames()));
const byEnglish = once(() => indexed(english()));
const byJapanese = once(() => indexed(japanese()));

/** Some hundred milliseconds of work the first time: asked last, and only in the language of the name. */
function byCountry(name: string): () => ReadonlyMap<string, string> {
  return /^[\p{Script=Latin}\P{L}]*$/u.test(name) ? byEnglish : byJapanese;
}

function indexed(named: Named): ReadonlyMap<string, string> {
  return new Map(named.map(([name, zone]) => [letters(name), zone]));
}

const shownNames = once((): readonly string[] => [...new Set([...cityNames(), ...english()].map(([name]) => name))]);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
