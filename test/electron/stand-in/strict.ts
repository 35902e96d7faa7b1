/** Makes what is missing loud: reading a member that the stand-in lacks throws, where `undefined` would pass for an answer. */

/** Members that are looked for by the language, by inspectors and by promises, and may well be absent. */
const looked = new Set(['then', 'toJSON', 'inspect', '__esModule', 'length', 'name', 'prototype', 'asymmetricMatch', 'nodeType']);

/** The same object, with `stand-in: electron.<path>.<member> not implemented` for every other member. */
export function strict<T extends object>(path: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'symbol' || key in object || looked.has(key)) return Reflect.get(object, key, object) as unknown;
      throw new Error(`stand-in: ${['electron', path, key].filter((part) => part !== '').join('.')} not implemented`);
    },
  });
}

/** An event as listeners of Electron get it. */
export class StandInEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** An event with more to say. */
export function eventWith<T extends object>(members: T): StandInEvent & T {
  return Object.assign(new StandInEvent(), members);
}
