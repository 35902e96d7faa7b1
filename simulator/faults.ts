/** What can be wrong with a phone, who gets what, and the network of a phone that loses packets. */
import { type Random, seeded } from './random.js';

export const faultKinds = [
  'packet-loss',
  'dies-in-dhcp',
  'dies-in-bootstrap',
  'dies-in-device',
  'dies-before-hand-off',
  'wrong-admin-password',
  'parameter-ignored',
  'no-syslog',
  'lying-cfg',
  'enterprise-image',
] as const;
export type Fault = (typeof faultKinds)[number];

/** One fault each for round(rate x phones) of them, the kinds in rotation; the rest get undefined. Order and choice by the seed. */
export function dealFaults(phones: number, rate: number, seed: number): (Fault | undefined)[] {
  const random = seeded(seed, 'faults');
  const kinds = random.shuffle(faultKinds);
  const dealt: (Fault | undefined)[] = Array.from({ length: phones }, () => undefined);
  const order = random.shuffle([...dealt.keys()]).slice(0, Math.round(rate * phones));
  for (const [turn, phone] of order.entries()) dealt[phone] = kinds[turn % kinds.length];
  return dealt;
}

/** A phone's luck with the network. */
export type Luck = {
  /** Whether this datagram, in or out, is lost. */
  losesDatagram(): boolean;
  /** Whether this HTTP transfer breaks half-way; never three times running, for the phone has to get there in the end. */
  breaksTransfer(): boolean;
};

/** A sound network, or one that loses 10 to 20 % of the datagrams and breaks a third of the HTTP transfers. */
export function luckOf(fault: Fault | undefined, random: Random): Luck {
  if (fault !== 'packet-loss') return { losesDatagram: () => false, breaksTransfer: () => false };
  const rate = 0.1 + 0.1 * random.fraction();
  let broken = 0;
  return {
    losesDatagram: () => random.chance(rate),
    breaksTransfer: () => {
      broken = broken < 2 && random.chance(1 / 3) ? broken + 1 : 0;
      return broken > 0;
    },
  };
}
