/**
 * `keys` and `modules` of a recipe: the keys beside the display (`Extended_Function_n_`) and those of expansion modules (`Unit_m_Key_k_`).
 *
 *   fnc=sd;ext=2001@$PROXY;nme=Reception                    speed dial
 *   fnc=blf+sd+cp;sub=2002@$PROXY;nme=Workshop              watches, calls, picks up
 *   fnc=blf+sd+cp;sub=list@$PROXY;usr=2002@$PROXY;nme=…     the same by a list at the server (BroadWorks)
 */
import type { Key, Meant, ModuleKey } from '../../../profiles/meant-schema.js';
import { error, type Finding } from '../findings.js';
import { keyOfLine } from './lines.js';
import { type BuilderName, fixed, type Piece, type PiecePlace } from './piece.js';
import { atProxy, checkLabel, checkNumber } from './texts.js';

/** The keys beside the display. A key with a function belongs to no line. */
export function keyPieces({ keys = {}, lines = {} }: Meant): Piece[] {
  return Object.entries(keys).flatMap(([number, key]) => {
    const path = `keys.${number}`;
    if (key === 'off') return [fixed({ path, builder: 'key' }, `Extension_${number}_`, 'Disabled')];
    if (key.line !== undefined) return keyOfLine(path, number, key.line, lines[key.line], key.name);
    const piece = functionPiece(path, `Extended_Function_${number}_`, key);
    return piece === undefined ? [] : [fixed({ path, builder: piece.builder }, `Extension_${number}_`, 'Disabled'), piece];
  });
}

/** The keys of expansion modules, and how many modules there are. */
export function modulePieces({ modules = {} }: Meant): Piece[] {
  const pieces = Object.entries(modules).flatMap(([unit, keys]) =>
    Object.entries(keys).flatMap(([number, key]) => {
      const path = `modules.${unit}.${number}`;
      const tag = `Unit_${unit}_Key_${number}_`;
      if (key === 'off') return [fixed({ path, builder: 'module-key' }, tag, 'fnc=inert')];
      const piece = functionPiece(path, tag, key);
      return piece === undefined ? [] : [{ ...piece, builder: 'module-key' } satisfies Piece];
    }),
  );
  const units = Object.keys(modules).toSorted((a, b) => Number(a) - Number(b));
  const last = units.at(-1);
  return last === undefined ? [] : [...pieces, fixed({ path: 'modules', builder: 'module-key' }, 'Number_of_Units', last)];
}

/** The things a key may be, as far as they are written. */
export function meaningsOf(key: Exclude<Key | ModuleKey, 'off'>): string[] {
  return (['line', 'speedDial', 'blf', 'function'] as const).filter((each) => (key as Exclude<Key, 'off'>)[each] !== undefined);
}

function functionPiece(path: string, tag: string, key: Exclude<ModuleKey, 'off'>): Piece | undefined {
  const place = (builder: BuilderName): PiecePlace => ({ path, builder });
  const label = key.name === undefined ? {} : { name: key.name };
  const line = key.via === undefined ? {} : { via: key.via };
  if (key.speedDial !== undefined)
    return { ...place('speed-dial'), tag, parts: { number: key.speedDial, ...label, ...line }, needs: ['number'], make: makeSpeedDial };
  if (key.blf !== undefined) {
    const list = key.list === undefined ? {} : { list: key.list };
    const does = ['blf', ...(isYes(key.dial) ? ['sd'] : []), ...(isYes(key.pickup) ? ['cp'] : [])].join('+');
    return {
      ...place('blf'),
      tag,
      parts: { number: key.blf, ...list, ...label, ...line },
      needs: ['number'],
      make: (parts) => makeBlf(does, parts),
    };
  }
  if (key.function === undefined) return undefined;
  return { ...place('key'), tag, parts: { text: key.function, ...label }, needs: ['text'], make: makeFunction };
}

function isYes(flag: string | undefined): boolean {
  return flag === undefined || /^(?:true|yes)$/i.test(flag);
}

type Parts = Readonly<Record<string, string>>;
type Made = ReturnType<Piece['make']>;

function makeSpeedDial({ number = '', name, via }: Parts): Made {
  return { value: joined(`fnc=sd;ext=${atProxy(number)}`, via, name), findings: [...checkNumber(number), ...checkRest(name, via)] };
}

function makeBlf(does: string, { number = '', list = '', name, via }: Parts): Made {
  const watched = list === '' ? `sub=${atProxy(number)}` : `sub=${atProxy(list)};usr=${atProxy(number)}`;
  return {
    value: joined(`fnc=${does};${watched}`, via, name),
    findings: [...checkNumber(number), ...checkNumber(list), ...checkRest(name, via)],
  };
}

function makeFunction({ text = '', name }: Parts): Made {
  const isForm = /^fnc=[a-z]+(?:\+[a-z]+)*(?:;[a-z]+=[^;="]*)*;?$/.test(text);
  const findings = [...(isForm ? [] : [error('parameter.key-function')]), ...checkLabel(name ?? '')];
  return { value: joined(text.replace(/;$/, ''), undefined, name), findings };
}

function checkRest(name = '', via = ''): Finding[] {
  const isLine = via === '' || /^(?:[1-9]|1[0-6])$/.test(via);
  return [...checkLabel(name), ...(isLine ? [] : [error('parameter.key-line', { value: via.slice(0, 40) })])];
}

function joined(start: string, via = '', name = ''): string {
  return [start, ...(via === '' ? [] : [`vid=${via}`]), ...(name === '' ? [] : [`nme=${name}`])].join(';');
}
