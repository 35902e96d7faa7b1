/** The demo's work order: virtual phones by seed, their CSV, and the recipe they are prepared with. */
import type { Mac } from '../contract/mac.js';

export { demoRecipe } from '../../resources/demo/recipe.js';

export type DemoPhone = { readonly mac: Mac; readonly model: string };

/** Half of them fetch by TFTP (the recipe says which models). */
const models = ['7841', '8851', '6841', '8841', '7841', '8865'] as const;
/** Prefixes seen on real phones. */
const prefixes = ['00562b', 'c4c603', 'd0ec35', 'dcf719', 'f8a5c5', '0062ec'] as const;

/** The phones of a demo, the same for the same seed. */
export function demoPhones(count: number, seed: number): readonly DemoPhone[] {
  const next = sequence(seed);
  const taken = new Set<Mac>();
  while (taken.size < count) {
    const prefix = prefixes[next() % prefixes.length] ?? prefixes[0];
    taken.add((prefix + (next() % 0x1000000).toString(16).padStart(6, '0')) as Mac);
  }
  return [...taken].map((mac, index) => ({ mac, model: models[index % models.length] ?? models[0] }));
}

/** Passwords differ by phone and seed, for a demo that shows the same everywhere would teach the wrong thing. */
export function demoCsv(phones: readonly DemoPhone[]): string {
  const lines = phones.map(({ mac, model }, index) => {
    const extension = String(2001 + index);
    return `${mac},${model},Desk ${extension},${extension},Sip-${mac.slice(6)}-${extension},Adm-${mac.slice(6)}-${extension}`;
  });
  return ['mac,model,name,extension,sip_password,admin_password', ...lines].join('\n');
}

/** mulberry32: small, good enough, the same everywhere. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
