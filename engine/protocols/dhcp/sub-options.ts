/**
 * Options that hold options of their own.
 *
 *   43, 82   { code 1 | length 1 | value } ...                              RFC 2132 section 8.4, RFC 3046 section 2.0
 *   125      { enterprise 4 | length 1 | { code 1 | length 1 | value } ... } ...   RFC 3925 section 4
 *
 * In 43 code 0 pads and 255 ends; 82 knows neither.
 */
import { form, type Option } from './option-forms.js';

/** In the order of the wire; a code may occur twice. */
export type SubOptions = readonly SubOption[];
type SubOption = { readonly code: number; readonly bytes: Uint8Array };

/** What one vendor says (125). Enterprise numbers are IANA's; Cisco is 9, the Broadband Forum 3561. */
export type Enterprise = { readonly enterprise: number; readonly subOptions: SubOptions };

/** Vendor specific information (43), where the vendor uses sub-options; other bytes read as undefined. */
export function vendorSpecific(code: number): Option<SubOptions> {
  return form(code, (bytes) => parse(bytes, true), format);
}

/** Relay agent information (82). */
export function relayAgent(code: number): Option<SubOptions> {
  return form(code, (bytes) => parse(bytes, false), format);
}

/** Vendor-identifying vendor-specific information (125). */
export function enterprises(code: number): Option<readonly Enterprise[]> {
  return form(code, parseEnterprises, (all) => Buffer.concat(all.map(formatEnterprise)));
}

/** The first sub-option with that code. */
export function subOption(all: SubOptions | undefined, code: number): Uint8Array | undefined {
  return all?.find((each) => each.code === code)?.bytes;
}

function parse(bytes: Uint8Array, padded: boolean): SubOptions | undefined {
  const all: SubOption[] = [];
  for (let i = 0; i < bytes.length;) {
    const code = bytes[i] ?? 0;
    if (padded && code === 255) break;
    if (padded && code === 0) {
      i += 1;
      continue;
    }
    const length = bytes[i + 1];
    if (length === undefined || i + 2 + length > bytes.length) return undefined;
    all.push({ code, bytes: bytes.subarray(i + 2, i + 2 + length) });
    i += 2 + length;
  }
  return all;
}

function format(all: SubOptions): Uint8Array {
  return Buffer.concat(
    all.flatMap(({ code, bytes }) => {
      if (bytes.length > 255) throw new RangeError('a sub-option has at most 255 bytes');
      return [Uint8Array.of(code, bytes.length), bytes];
    }),
  );
}

function parseEnterprises(bytes: Uint8Array): readonly Enterprise[] | undefined {
  const all: Enterprise[] = [];
  for (let i = 0; i < bytes.length;) {
    const length = bytes[i + 4];
    if (length === undefined || i + 5 + length > bytes.length) return undefined;
    const subOptions = parse(bytes.subarray(i + 5, i + 5 + length), false);
    if (subOptions === undefined) return undefined;
    all.push({ enterprise: Buffer.from(bytes.subarray(i, i + 4)).readUInt32BE(), subOptions });
    i += 5 + length;
  }
  return all;
}

function formatEnterprise({ enterprise, subOptions }: Enterprise): Uint8Array {
  const inner = format(subOptions);
  if (inner.length > 255) throw new RangeError("an enterprise's data has at most 255 bytes");
  const head = Buffer.alloc(5);
  head.writeUInt32BE(enterprise);
  head[4] = inner.length;
  return Buffer.concat([head, inner]);
}
