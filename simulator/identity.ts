/** Who a phone is: MAC, model and what macros call it. */
import type { Random } from './random.js';

export type Identity = {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  /** "8851". */
  readonly model: string;
  /** `$PN`: "CP-8851-3PCC" (conversion guide, 2019). */
  readonly product: string;
  /** `$PSN`: "8851-3PCC". */
  readonly shortProduct: string;
  /** As on the label, "FCH2443D9R4". */
  readonly serial: string;
  /** As in the User-Agent, "12.0.1". */
  readonly version: string;
  /** As `$SWVER`. */
  readonly software: string;
};

/** Prefixes seen on MPP phones; all of them registered to Cisco. */
const prefixes = ['00562b', 'c4c603', 'd0ec35', 'dcf719', '0062ec', 'b4a8b9', 'f8a5c5', 'c4b9cd', '38ed18', 'c80084', 'a4b439'] as const;

/** The models dealt where no list names them. */
export const models = ['6841', '7841', '8841', '8851', '8865'] as const;

/** A MAC of a real phone maker that is not yet taken. */
export function randomMac(random: Random, taken: ReadonlySet<string>): string {
  for (;;) {
    const mac = random.pick(prefixes) + random.below(0x100_0000).toString(16).padStart(6, '0');
    if (!taken.has(mac)) return mac;
  }
}

/** Names a phone after its MAC and model. */
export function identify(mac: string, model: string, random: Random): Identity {
  const product = `CP-${model}-3PCC`;
  const serial = `FCH${2000 + random.below(600)}${random
    .below(36 ** 4)
    .toString(36)
    .toUpperCase()
    .padStart(4, '0')}`;
  return {
    mac,
    model,
    product,
    shortProduct: `${model}-3PCC`,
    serial,
    version: '12.0.1',
    software: `sip${family(model)}.12-0-1MPP0001-245`,
  };
}

/** Lines (and line keys) of a model; 10 where nothing is known, as on most 8800s. */
export function linesOf(model: string): number {
  const known: Readonly<Record<string, number>> = {
    '7811': 1,
    '7832': 1,
    '8832': 1,
    '6821': 2,
    '7821': 2,
    '6841': 4,
    '6851': 4,
    '6861': 4,
    '7841': 4,
    '6871': 6,
    '7861': 16,
  };
  return known[model.slice(0, 4)] ?? 10;
}

/** `001122aabbcc` as `00:11:22:aa:bb:cc`. */
export function withColons(mac: string): string {
  return mac.replace(/(..)(?=.)/g, '$1:');
}

function family(model: string): string {
  return model === '8845' || model === '8865' ? '8845_65' : `${model.slice(0, 2)}xx`;
}
