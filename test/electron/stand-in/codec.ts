/**
 * Structured clone over a line of text, for values that cross the DevTools protocol: JSON alone loses `undefined`, Map, Set, Date, bytes
 * and whether two members are one object. The function is sent to the page as source, so it uses nothing outside itself.
 */
type Tagged = string | number | boolean | null | { readonly t: string; readonly v?: unknown; readonly i?: number; readonly c?: string };

export type Codec = { encode(value: unknown): string; decode(text: string): unknown };

export function makeCodec(): Codec {
  const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    return btoa(text);
  };
  const fromBase64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

  function tag(value: unknown, seen: Map<unknown, number>): Tagged {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (value === undefined) return { t: 'undefined' };
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { t: 'number', v: Object.is(value, -0) ? '-0' : `${value}` };
    if (typeof value === 'bigint') return { t: 'bigint', v: `${value}` };
    if (typeof value !== 'object') return refuse();
    const known = seen.get(value);
    if (known !== undefined) return { t: 'same', i: known };
    const i = seen.size;
    seen.set(value, i);
    return { ...tagObject(value, (list) => Array.from(list, (item) => tag(item, seen))), i };
  }

  function tagObject(value: object, each: (list: Iterable<unknown>) => unknown[]): { t: string; v?: unknown; c?: string } {
    if (Array.isArray(value)) return { t: 'array', v: each(value) };
    if (value instanceof Date) return { t: 'date', v: value.getTime() };
    if (value instanceof RegExp) return { t: 'regexp', v: value.source, c: value.flags };
    if (value instanceof Map) return { t: 'map', v: Array.from(value, each) };
    if (value instanceof Set) return { t: 'set', v: each(value) };
    if (value instanceof Error) return { t: 'error', v: [value.name, value.message, value.stack ?? ''] };
    if (value instanceof ArrayBuffer) return { t: 'bytes', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const { name } = value.constructor; // a Buffer arrives as the bytes it is
      return {
        t: 'view',
        v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
        c: name in views ? name : 'Uint8Array',
      };
    }
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) return refuse();
    return { t: 'object', v: Object.entries(value).map(each) };
  }

  /** How each kind is made; `keep` registers it before its members are built, for they may point back at it. */
  type Build = (tagged: Tagged) => unknown;
  const builders: Record<string, (v: unknown, keep: <T>(made: T) => T, build: Build, c: string) => unknown> = {
    undefined: () => undefined,
    number: Number,
    bigint: (v) => BigInt(v as string),
    date: (v, keep) => keep(new Date((v as number | null) ?? Number.NaN)),
    regexp: (v, keep, _, c) => keep(new RegExp(v as string, c)),
    bytes: (v, keep) => keep(fromBase64(v as string)),
    view: (v, keep, _, c) => keep(new (views[c] ?? Uint8Array)(fromBase64(v as string))),
    error(v, keep) {
      const [name, message, stack] = v as string[];
      return keep(Object.assign(new Error(message), { name, stack }));
    },
    array(v, keep, build) {
      const made = keep(new Array<unknown>());
      for (const item of v as Tagged[]) made.push(build(item));
      return made;
    },
    set(v, keep, build) {
      const made = keep(new Set());
      for (const item of v as Tagged[]) made.add(build(item));
      return made;
    },
    map(v, keep, build) {
      const made = keep(new Map());
      for (const [key, value] of v as [Tagged, Tagged][]) made.set(build(key), build(value));
      return made;
    },
    object(v, keep, build) {
      const made = keep({});
      for (const [key, value] of v as [string, Tagged][])
        Object.defineProperty(made, key, { value: build(value), enumerable: true, writable: true, configurable: true });
      return made;
    },
  };

  function untag(tagged: Tagged, seen: Map<number, unknown>): unknown {
    if (typeof tagged !== 'object' || tagged === null) return tagged;
    const { t, v, i = -1, c = '' } = tagged;
    const keep = <T>(made: T): T => {
      seen.set(i, made);
      return made;
    };
    return t === 'same' ? seen.get(i) : builders[t]?.(v, keep, (member) => untag(member, seen), c);
  }

  return {
    encode: (value) => JSON.stringify(tag(value, new Map())),
    decode: (text) => untag(JSON.parse(text) as Tagged, new Map()),
  };
}

/** A copy, as it would arrive in another process. Throws where nothing can be copied. */
export function cloned<T>(value: T): T {
  const codec = makeCodec();
  return codec.decode(codec.encode(value)) as T;
}
