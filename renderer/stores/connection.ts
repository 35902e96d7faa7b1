/** How the engine and the way to it are. */
import { createStore, type StoreApi } from 'zustand/vanilla';

type EngineState = 'running' | 'restarting' | 'failed' | 'lost';

export type ConnectionState = {
  readonly engine: EngineState;
  /** The page's right to ask has ended; only the link the terminal printed opens a new one. */
  readonly ended: boolean;
  readonly setEngine: (engine: EngineState) => void;
  readonly end: () => void;
};

export function createConnectionStore(): StoreApi<ConnectionState> {
  return createStore<ConnectionState>((set) => ({
    engine: 'running',
    ended: false,
    setEngine: (engine) => set({ engine }),
    end: () => set({ ended: true }),
  }));
}
