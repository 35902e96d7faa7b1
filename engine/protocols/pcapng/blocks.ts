/**
 * pcapng files (IETF draft-ietf-opsawg-pcapng): the blocks a capture needs, little-endian.
 *
 *   | type 4 | total length 4 | body, padded to 4 | total length 4 |
 *
 * A section header, one Ethernet interface, then a packet block for each frame, times in microseconds.
 */

export type CapturedFrame = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Length it had on the wire, where the capture holds less; never less than `bytes`. */
  readonly length?: number;
  readonly comment?: string;
};

const type = { section: 0x0a_0d_0d_0a, interface: 1, packet: 6 } as const;
const byteOrder = 0x1a_2b_3c_4d;
const ethernet = 1; // LINKTYPE_ETHERNET
const optionCode = { end: 0, comment: 1, name: 2, application: 4 } as const;
const lengthUnknown = 0xff_ff_ff_ff;
const mostComment = 1000;

/** The file of these frames, seen on an interface of that name by that application. */
export function encodeCapture(frames: readonly CapturedFrame[], interfaceName: string, application: string): Buffer {
  const section = block(
    type.section,
    Buffer.concat([
      uint32(byteOrder),
      uint16(1),
      uint16(0),
      uint32(lengthUnknown),
      uint32(lengthUnknown),
      options([[optionCode.application, application]]),
    ]),
  );
  const device = block(
    type.interface,
    Buffer.concat([uint16(ethernet), uint16(0), uint32(0), options([[optionCode.name, interfaceName]])]),
  );
  return Buffer.concat([section, device, ...frames.map(packet)]);
}

function packet({ at, bytes, length = bytes.length, comment }: CapturedFrame): Buffer {
  const micro = BigInt(Math.round(at)) * 1000n;
  const head = [0, Number(micro >> 32n), Number(micro & 0xff_ff_ff_ffn), bytes.length, Math.max(length, bytes.length)].map(uint32);
  const said = comment === undefined ? [] : [options([[optionCode.comment, comment.slice(0, mostComment)]])];
  return block(type.packet, Buffer.concat([...head, padded(bytes), ...said]));
}

function options(all: readonly (readonly [code: number, text: string])[]): Buffer {
  const parts = all.flatMap(([code, text]) => {
    const value = Buffer.from(text, 'utf8');
    return [uint16(code), uint16(value.length), padded(value)];
  });
  return Buffer.concat([...parts, uint16(optionCode.end), uint16(0)]);
}

function block(kind: number, body: Buffer): Buffer {
  const length = uint32(12 + body.length);
  return Buffer.concat([uint32(kind), length, body, length]);
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
