/** A profile compressed: an RFC 1952 member, which phones know by its header whatever the file is called (facts section 2.2). */
import { gzipSync } from 'node:zlib';

/** Bytes fetched from the compressor at a time: a profile comes to some hundred, and the 16 KiB it would set aside unless told cost more than they hold. */
const chunkSize = 4096;

/** The same bytes for the same profile: the header holds no time. A few microseconds for a profile, so it needs no thread. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { chunkSize });
}
