/**
 * What a key of the recipe such as `keys.3` comes to, tag by tag. A piece is made of texts of the recipe with `{{column}}` in them, filled
 * from a row first and put together then, so that what a row holds cannot break the value (a `;` in a name would end it).
 */
import type { Finding } from '../findings.js';

export type Piece = {
  readonly tag: string;
  /** Key path in the recipe, and the word for what it is. */
  readonly path: string;
  readonly builder: BuilderName;
  readonly parts: Readonly<Record<string, string>>;
  /** Parts without which nothing is written, and the person is told. */
  readonly needs?: readonly string[];
  /** A text that decides whether it is written at all, told of elsewhere: the user of a line, say. */
  readonly where?: string;
  /** Findings are told by another piece of the same parts. */
  readonly quiet?: boolean;
  /** Never throws. */
  readonly make: (parts: Readonly<Record<string, string>>) => MadePiece;
};

export type BuilderName =
  | 'line'
  | 'shared-line'
  | 'speed-dial'
  | 'blf'
  | 'key'
  | 'module-key'
  | 'place'
  | 'ntp'
  | 'clock'
  | 'vlan'
  | 'language';

/** An empty value is not written. */
export type MadePiece = { readonly value: string; readonly findings?: readonly Finding[] };

export type PiecePlace = Pick<Piece, 'path' | 'builder'>;

/** A value that never changes. */
export function fixed(place: PiecePlace, tag: string, value: string): Piece {
  return { ...place, tag, parts: {}, make: () => ({ value }) };
}

/** A text as it is, once it was looked at; none for a part the recipe lacks. */
export function plain(
  place: PiecePlace,
  tag: string,
  text: string | undefined,
  check: (text: string) => readonly Finding[] = () => [],
): Piece[] {
  if (text === undefined) return [];
  return [
    { ...place, tag, parts: { text }, needs: ['text'], make: ({ text: filled = '' }) => ({ value: filled, findings: check(filled) }) },
  ];
}
