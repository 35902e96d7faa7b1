/**
 * What people mean by a phone, as keys of a recipe: its lines, its keys, the time and the language where it stands. Which parameters that
 * comes to is the pack's to say. Every value is a text over the row's columns.
 */
import { z } from 'zod';

const text = z.string().max(8192);
const flag = z.enum(['true', 'false', 'yes', 'no', 'Yes', 'No']);
const number = z.string().regex(/^[1-9]\d?$/);

/** A line: an account at a SIP server. `shared`: other phones have it, too; `true`, or the name it is shared under. */
const line = z.strictObject({
  user: text.describe('Extension or user name at the SIP server'),
  password: text.describe('Take it from a column: a recipe holds no secret').optional(),
  server: text.describe('SIP server, name or address, with :port where it is another than 5060').optional(),
  outbound: text.describe('Outbound proxy').optional(),
  name: text.describe('Shown to those who are called').optional(),
  label: text.describe("Shown beside the line's key").optional(),
  account: text.describe('Name to log in with, where it differs from the user').optional(),
  transport: z.enum(['UDP', 'TCP', 'TLS', 'Auto']).optional(),
  shared: text.describe('true, or the user name it is shared under').optional(),
});

/** What a key does: one of `line`, `speedDial`, `blf`, `function`. */
const keyForm = {
  speedDial: text.describe('The number it calls').optional(),
  blf: text.describe('The extension it watches; it calls it and picks up its calls, too, unless told').optional(),
  list: text.describe('Of a BLF: the name of the list at the server (BroadWorks), the extension itself unless said').optional(),
  dial: flag.describe('Of a BLF: whether pressing it calls the extension').optional(),
  pickup: flag.describe('Of a BLF: whether pressing it picks up a call that rings there').optional(),
  function: text.describe('Anything else, as the phone spells it: fnc=dnd').optional(),
  name: text.describe('Shown beside the key').optional(),
  via: text.describe('The line it uses, where it is not the first').optional(),
};
const lineKey = z.union([z.literal('off'), z.strictObject({ line: text.describe('The line it belongs to').optional(), ...keyForm })]);
const moduleKey = z.union([z.literal('off'), z.strictObject(keyForm)]);

const time = z.strictObject({
  place: text.describe('A city, or a zone such as Asia/Tokyo: sets time zone and summer time').optional(),
  ntp: z
    .union([text, z.array(text).min(1).max(2)])
    .describe('One or two time servers')
    .optional(),
  clock: z.enum(['12hr', '24hr']).optional(),
  date: z.enum(['month/day', 'day/month']).optional(),
});

const vlan = z.union([
  text,
  z.strictObject({
    phone: text.describe('VLAN of the phone, 2 to 4094'),
    pc: text.describe('VLAN of the computer behind it').optional(),
  }),
]);

const language = z.union([
  text,
  z.strictObject({
    name: text.describe('A language, or language and country such as ja-JP'),
    server: text.describe('Folder with the language files: http://files.example.com/locale/').optional(),
    file: text.describe('Language file, of the model and release: ja-JP_88xx-12.0.4.0002.xml').optional(),
    english: text.describe('File for English, where the phone is to have both').optional(),
  }),
]);

export const meantShape = {
  lines: z.record(number, line).describe('By number').optional(),
  keys: z.record(number, lineKey).describe('The keys beside the display, by number').optional(),
  modules: z.record(number, z.record(number, moduleKey)).describe('Expansion modules, their keys by number').optional(),
  time: time.optional(),
  vlan: vlan.describe('Written last: the phone leaves the bench with it').optional(),
  language: language.optional(),
};

const meantForm = z.strictObject(meantShape);
export type Meant = z.infer<typeof meantForm>;
export type Line = z.infer<typeof line>;
export type Key = z.infer<typeof lineKey>;
export type ModuleKey = z.infer<typeof moduleKey>;

const meantKeys = Object.keys(meantShape) as readonly (keyof Meant)[];

/** What of a form is meant; undefined where nothing is. */
export function meantIn(form: Meant): Meant | undefined {
  const said = meantKeys.flatMap((key) => (form[key] === undefined ? [] : [[key, form[key]] as const]));
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** The general part and a model's own: single lines and keys of the model win, and time, VLAN and language as wholes but for `time`. */
export function mergeMeant(general: Meant = {}, own: Meant = {}): Meant {
  const units = new Set([...Object.keys(general.modules ?? {}), ...Object.keys(own.modules ?? {})]);
  const modules = Object.fromEntries([...units].map((unit) => [unit, { ...general.modules?.[unit], ...own.modules?.[unit] }]));
  return {
    ...general,
    ...own,
    ...(general.lines || own.lines ? { lines: { ...general.lines, ...own.lines } } : {}),
    ...(general.keys || own.keys ? { keys: { ...general.keys, ...own.keys } } : {}),
    ...(units.size > 0 ? { modules } : {}),
    ...(general.time || own.time ? { time: { ...general.time, ...own.time } } : {}),
  };
}
