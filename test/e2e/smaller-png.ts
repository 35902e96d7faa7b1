/**
 * The same picture in fewer bytes: 256 colours in place of thousands of shades at the edges of letters (PNG specification, colour
 * type 3). Takes what Chromium writes: 8 bits, RGB or RGBA without transparency, not interlaced; anything else stays as it is.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;
/** So many are simply the most frequent; the rest are those that would otherwise be missed most. */
const frequent = 128;

type Colour = { readonly rgb: number; readonly count: number };

export function smallerPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  const channels = { 2: 3, 6: 4 }[header?.[9] ?? 0];
  if (header === undefined || channels === undefined || header[8] !== 8 || header[12] !== 0) return png;
  const width = header.readUInt32BE(0);
  const packed = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  const pixels = pixelsOf(inflateSync(packed), width * channels, channels);
  const counts = new Map<number, number>();
  for (const rgb of pixels) counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
  const colours = [...counts].map(([rgb, count]) => ({ rgb, count })).toSorted((a, b) => b.count - a.count);
  const palette = paletteOf(colours);
  const places = new Map(colours.map(({ rgb }) => [rgb, nearest(palette, rgb).index]));

  const lines = Buffer.alloc((pixels.length / width) * (width + 1));
  pixels.forEach((rgb, index) => {
    lines[index + Math.floor(index / width) + 1] = places.get(rgb) ?? 0;
  });
  const indexed = Buffer.from(header);
  indexed[9] = 3;
  const bytes = Buffer.from(palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff]));
  const data = deflateSync(lines, { level: 9, memLevel: 9 });
  return Buffer.concat([signature, chunk('IHDR', indexed), chunk('PLTE', bytes), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function paletteOf(colours: readonly Colour[]): number[] {
  const palette = colours.slice(0, frequent).map(({ rgb }) => rgb);
  const rest = colours.slice(frequent).map(({ rgb, count }) => ({ rgb, count, distance: nearest(palette, rgb).distance }));
  while (palette.length < mostColours && rest.length > 0) {
    const missed = rest.reduce((worst, each) => (weightOf(each) > weightOf(worst) ? each : worst));
    palette.push(missed.rgb);
    for (const each of rest) each.distance = Math.min(each.distance, apart(each.rgb, missed.rgb));
  }
  return palette;
}

function weightOf({ count, distance }: { readonly count: number; readonly distance: number }): number {
  return Math.sqrt(count) * distance;
}

function nearest(palette: readonly number[], rgb: number): { readonly index: number; readonly distance: number } {
  let found = { index: 0, distance: Infinity };
  for (const [index, each] of palette.entries()) {
    const distance = apart(each, rgb);
    if (distance < found.distance) found = { index, distance };
  }
  return found;
}

function apart(a: number, b: number): number {
  const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 0xff) - ((b >> 8) & 0xff), (a & 0xff) - (b & 0xff)];
  return red * red + green * green + blue * blue;
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = signature.length; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** What a filter adds to a byte, from the bytes to the left, above, and above left (section 9). */
const predictors: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const estimate = left + above - corner;
    const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)];
    if (a <= b && a <= c) return left;
    return b <= c ? above : corner;
  },
];

/** Every pixel as 0xRRGGBB. */
function pixelsOf(raw: Buffer, stride: number, channels: number): number[] {
  const pixels: number[] = [];
  let above = Buffer.alloc(stride);
  for (let at = 0; at < raw.length; at += stride + 1) {
    const predict = predictors[raw[at] ?? 0] ?? (() => 0);
    const row = Buffer.from(raw.subarray(at + 1, at + 1 + stride));
    for (let x = 0; x < stride; x += 1) {
      const [left, corner] = x < channels ? [0, 0] : [row[x - channels] ?? 0, above[x - channels] ?? 0];
      row[x] = (row[x] ?? 0) + predict(left, above[x] ?? 0, corner);
    }
    for (let x = 0; x < stride; x += channels) pixels.push(row.readUIntBE(x, 3));
    above = row;
  }
  return pixels;
}
