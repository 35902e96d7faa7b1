/**
 * A message within the size a client takes.
 *
 * RFC 2131 section 2: every client takes an IP datagram of 576 bytes, and says in option 57 when it takes more. What does not fit
 * into the options goes into `file` and `sname` (option overload, RFC 2132 section 9.3), and only then is left out, the least
 * important first. An option of more than 255 bytes may go on from one field to the next, in the order options, file, sname, in
 * which its reader joins it (RFC 3396 section 5); a shorter one stays in one piece, for not every client joins.
 */
import { assemble, encodeHead, fields, inOrder, longestPiece, overload, type Packet, piece, pieces } from './packet.js';

export type Fitted = {
  readonly bytes: Uint8Array;
  /** Codes of the options there was no room for. */
  readonly left: readonly number[];
};

/** IP and UDP headers, which option 57 counts. */
const headers = 28;
const leastSize = 576;
/** No more than an Ethernet frame carries in one piece. */
const mostSize = 1500;

/** The longest message, in bytes, for a client that says `maximumMessageSize` (option 57) or nothing. */
export function roomFor(maximumMessageSize: number | undefined): number {
  return Math.min(mostSize, Math.max(leastSize, maximumMessageSize ?? 0)) - headers;
}

type Area = { readonly name: 'options' | keyof typeof fields; room: number; readonly pieces: Uint8Array[] };

/**
 * Writes a message of at most `room` bytes (300 at least, to which short ones are filled up). `rank`: a lower one is more important.
 * Throws what `encode` throws.
 */
export function encodeWithin(packet: Packet, room: number, rank: (code: number) => number): Fitted {
  const head = encodeHead(packet);
  const ordered = inOrder(packet.options);
  const plain = ordered.flatMap(([code, value]) => pieces(code, value));
  if (plain.reduce((sum, each) => sum + each.length, head.length + 1) <= room) return { bytes: assemble(head, plain), left: [] };

  const spare = (['file', 'sname'] as const).filter((name) => packet[name] === '');
  const overloadLength = 3;
  const areas: Area[] = [
    { name: 'options', room: room - head.length - 1 - overloadLength, pieces: [] },
    ...spare.map((name) => ({ name, room: fields[name].length - 1, pieces: [] })),
  ];
  const placed = new Map<number, readonly Placed[]>();
  for (const [code, value] of [...ordered].sort(([one], [other]) => rankOf(one, rank) - rankOf(other, rank))) {
    const where = placeOption(code, value, areas);
    if (where !== undefined) placed.set(code, where);
  }
  for (const [code] of ordered) for (const { area, bytes } of placed.get(code) ?? []) area.pieces.push(bytes);

  let bits = 0;
  for (const { name, pieces: held } of areas) {
    if (name === 'options' || held.length === 0) continue;
    bits |= fields[name].bit;
    head.set(Buffer.concat([...held, Uint8Array.of(255)]), fields[name].at);
  }
  const [first, ...rest] = areas[0]?.pieces ?? [];
  const said = bits === 0 ? [] : [piece(overload, Uint8Array.of(bits))];
  const options = first === undefined ? said : [first, ...said, ...rest];
  return { bytes: assemble(head, options), left: ordered.map(([code]) => code).filter((code) => !placed.has(code)) };
}

type Placed = { readonly area: Area; readonly bytes: Uint8Array };

/** What every reader needs first and finds in the options alone: the message type, the server, the relay agent's own (RFC 3046 section 2.2). */
const inOptionsAlone: ReadonlySet<number> = new Set([53, 54, 82]);

function rankOf(code: number, rank: (code: number) => number): number {
  return inOptionsAlone.has(code) ? -Infinity : rank(code);
}

/** Takes room for an option: whole in the first area that has it, or, a long one, from one area into the next. */
function placeOption(code: number, value: Uint8Array, areas: readonly Area[]): readonly Placed[] | undefined {
  const allowed = inOptionsAlone.has(code) ? areas.slice(0, 1) : areas;
  const whole = pieces(code, value);
  const length = whole.reduce((sum, each) => sum + each.length, 0);
  // The smallest field that has room: the larger is left to what needs it.
  const [options, file, sname] = allowed;
  const area = [options, sname, file].find((each) => each !== undefined && each.room >= length);
  if (area !== undefined) {
    area.room -= length;
    return whole.map((bytes) => ({ area, bytes }));
  }
  return value.length > longestPiece ? placeLong(code, value, allowed) : undefined;
}

function placeLong(code: number, value: Uint8Array, areas: readonly Area[]): readonly Placed[] | undefined {
  const placed: Placed[] = [];
  let from = 0;
  for (const area of areas) {
    let room = area.room;
    for (; from < value.length && room > 2;) {
      const part = value.subarray(from, from + Math.min(longestPiece, room - 2));
      placed.push({ area, bytes: piece(code, part) });
      from += part.length;
      room -= 2 + part.length;
    }
  }
  if (from < value.length) return undefined;
  for (const { area, bytes } of placed) area.room -= bytes.length;
  return placed;
}
