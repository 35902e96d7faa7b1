/** `lines` of a recipe: an account at a SIP server each, private or shared with other phones, and the key it is on. */
import type { Line, Meant } from '../../../profiles/meant-schema.js';
import { fixed, type Piece, plain } from './piece.js';
import { checkLabel, checkUser } from './texts.js';

export function linePieces({ lines = {}, keys = {} }: Meant): Piece[] {
  return Object.entries(lines).flatMap(([number, line]) => accountPieces(number, line).concat(ownKey(number, line, keys)));
}

function isShared({ shared }: Pick<Line, 'shared'>): boolean {
  return shared !== undefined && !/^(?:false|no)$/i.test(shared);
}

/** A line that no key names is on the key of its own number. */
function ownKey(number: string, line: Line, keys: NonNullable<Meant['keys']>): Piece[] {
  const isElsewhere = Object.values(keys).some((key) => key !== 'off' && key.line === number);
  return isElsewhere || keys[number] !== undefined ? [] : keyOfLine(`lines.${number}`, number, number, line);
}

/** A key that stands for a line. */
export function keyOfLine(path: string, key: string, number: string, line: Line | undefined, label = line?.label): Piece[] {
  const place = { path, builder: 'line' } as const;
  const extension = `Extension_${key}_`;
  return whereUsed(line, [
    ...(line === undefined ? plain(place, extension, number) : [fixed(place, extension, number)]),
    ...plain(place, `Short_Name_${key}_`, label, checkLabel),
    ...(line !== undefined && isShared(line) ? [fixed(place, `Share_Call_Appearance_${key}_`, 'shared')] : []),
  ]);
}

function accountPieces(number: string, line: Line): Piece[] {
  const place = { path: `lines.${number}`, builder: 'line' } as const;
  const tag = (name: string): string => `${name}_${number}_`;
  return [
    ...plain(place, tag('User_ID'), line.user, checkUser),
    ...whereUsed(line, [
      fixed(place, tag('Line_Enable'), 'Yes'),
      ...plain(place, tag('Password'), line.password),
      ...plain(place, tag('Auth_ID'), line.account),
      ...plain(place, tag('Display_Name'), line.name),
      ...plain(place, tag('Proxy'), line.server),
      ...plain(place, tag('Outbound_Proxy'), line.outbound),
      ...(line.transport === undefined ? [] : [fixed(place, tag('SIP_Transport'), line.transport)]),
      ...sharedPieces(number, line),
    ]),
  ];
}

/** Nothing of a line is written for a row that has no user for it. */
function whereUsed(line: Line | undefined, pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) => (line === undefined ? piece : { ...piece, where: line.user }));
}

/** Shared at the line and at its key: with the line alone, or with the key alone, a call stays on one phone. */
function sharedPieces(number: string, line: Line): Piece[] {
  if (!isShared(line)) return [];
  const place = { path: `lines.${number}`, builder: 'shared-line' } as const;
  const user = /^(?:true|yes)$/i.test(line.shared ?? '') ? line.user : line.shared;
  const quiet = user === line.user;
  return [
    fixed(place, `Share_Ext_${number}_`, 'Yes'),
    ...plain(place, `Shared_User_ID_${number}_`, user, checkUser).map((piece) => Object.assign(piece, { quiet })),
  ];
}
