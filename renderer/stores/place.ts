/** Where a bench is to stand: the interface, what speaks against it, and what the doctor says. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, CallError, Output } from '../../engine/contract/calls.js';

export type Interface = Output<'interfaces.list'>[number];
export type Check = Output<'doctor.run'>[number];

type Repaired = Output<'doctor.repair'>['reason'];

export type PlaceState = {
  readonly interfaces: readonly Interface[] | null;
  /** Ports nobody can choose yet, with what each lacks. */
  readonly unready: readonly Check[];
  readonly chosen: Interface | null;
  /** The name of a dangerous interface, as the person typed it. */
  readonly repeated: string;
  /** Whether the bench hands out addresses itself. */
  readonly dhcp: boolean;
  /** Null while the doctor is at work, or was not asked. */
  readonly checks: readonly Check[] | null;
  readonly error: CallError | null;
  readonly load: () => Promise<void>;
  /** None: the doctor then looks at all of them. */
  readonly choose: (chosen: Interface | null) => void;
  readonly repeat: (repeated: string) => void;
  readonly setDhcp: (dhcp: boolean) => void;
  /** `phones`: with virtual phones at the end, some seconds more. */
  readonly examine: (phones?: boolean) => Promise<void>;
  /** What could not be mended, and why. */
  readonly repaired: Repaired | null;
  readonly repair: (check: Check, undo: boolean) => Promise<void>;
};

export function isDangerous({ checks }: Interface): boolean {
  return checks.some(({ state }) => state === 'stop');
}

/** The person may start there: nothing stands against it, or its name was repeated, or the bench hands out no addresses. */
export function isAllowed({ chosen, repeated, dhcp }: Pick<PlaceState, 'chosen' | 'repeated' | 'dhcp'>): boolean {
  return chosen !== null && (!dhcp || !isDangerous(chosen) || repeated === chosen.name);
}

/** What a start tells of the place. */
export function placeInput({ chosen, repeated, dhcp }: PlaceState): {
  interface: string;
  address: string;
  dhcp: boolean;
  despite?: string;
} | null {
  if (chosen === null) return null;
  return { interface: chosen.name, address: chosen.address, dhcp, ...(repeated === chosen.name ? { despite: repeated } : {}) };
}

/** The proposed one first, what must not be used last. */
function rank(each: Interface): number {
  return each.proposed ? 0 : isDangerous(each) ? 2 : 1;
}

export function createPlaceStore(bench: BenchApi): StoreApi<PlaceState> {
  return createStore<PlaceState>((set, get) => {
    let asked = 0;
    async function examine(phones = false): Promise<void> {
      const { chosen } = get();
      const mine = ++asked;
      set({ checks: null });
      const answer = await bench.call('doctor.run', {
        ...(chosen === null ? {} : { interface: chosen.name }),
        ...(phones ? { phones } : {}),
      });
      if (mine === asked) set(answer.ok ? { checks: answer.value } : { checks: [], error: answer.error });
    }
    return {
      interfaces: null,
      unready: [],
      chosen: null,
      repeated: '',
      dhcp: true,
      checks: null,
      error: null,
      load: async () => {
        const [answer, unready] = await Promise.all([bench.call('interfaces.list', {}), bench.call('interfaces.unready', {})]);
        if (!answer.ok) return set({ interfaces: [], error: answer.error });
        const interfaces = answer.value.toSorted((a, b) => rank(a) - rank(b));
        const before = get().chosen;
        const kept = interfaces.find(({ name, address }) => name === before?.name && address === before.address);
        const chosen = kept ?? interfaces.find((each) => each.proposed && !isDangerous(each)) ?? null;
        set({ interfaces, chosen, unready: unready.ok ? unready.value : [], error: null });
        await examine();
      },
      choose: (chosen) => {
        set({ chosen, repeated: '' });
        void examine();
      },
      repeat: (repeated) => set({ repeated }),
      setDhcp: (dhcp) => set({ dhcp }),
      examine,
      repaired: null,
      repair: async ({ remedy, params }, undo) => {
        if (remedy?.repair === undefined) return;
        const name = String(params['interface'] ?? get().chosen?.name ?? '');
        const answer = await bench.call('doctor.repair', { remedy: remedy.repair, undo, interface: name });
        if (!answer.ok) return set({ error: answer.error });
        set({ repaired: answer.value.reason });
        await examine();
      },
    };
  });
}
