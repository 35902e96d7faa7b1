/** A zip archive byte by byte, for what no honest program writes (PKWARE APPNOTE sections 4.3.7, 4.3.12, 4.3.16). */
import { crc32, deflateRawSync } from 'node:zlib';

export type Packed = {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Bytes it says it unpacks to. */
  readonly claims?: number;
  readonly method?: number;
};

export function zipOf(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims, method = 8 } of files) {
    const plain = Buffer.from(content as string);
    const data = deflateRawSync(plain);
    const named = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800, 2); // UTF-8
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(plain), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(claims ?? plain.length, 18);
    shared.writeUInt16LE(named.length, 22);
    parts.push(Buffer.from('504b0304', 'hex'), shared, named, data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), shared, tail, named);
    at += 30 + named.length + data.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, entries, Buffer.from('504b0506', 'hex'), end]);
}
