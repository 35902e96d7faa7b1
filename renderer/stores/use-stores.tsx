/** The stores, for components. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { BoardState } from './board.js';
import type { ConnectionState } from './connection.js';
import type { DraftState } from './draft.js';
import type { JobsState } from './jobs.js';
import type { ParametersState } from './parameters.js';
import type { PlaceState } from './place.js';
import type { RouteState } from './route.js';
import type { SettingsState } from './settings.js';
import type { Stores } from './stores.js';
import type { TemplateState } from './template.js';

const StoresContext = createContext<Stores | null>(null);
export const StoresProvider = StoresContext.Provider;

export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('a component stands outside of StoresProvider');
  return stores;
}

export function useBoard<Part>(select: (state: BoardState) => Part): Part {
  return useStore(useStores().board, select);
}
export function useConnection<Part>(select: (state: ConnectionState) => Part): Part {
  return useStore(useStores().connection, select);
}
export function useDraft<Part>(select: (state: DraftState) => Part): Part {
  return useStore(useStores().draft, select);
}
export function useJobs<Part>(select: (state: JobsState) => Part): Part {
  return useStore(useStores().jobs, select);
}
export function useParameters<Part>(select: (state: ParametersState) => Part): Part {
  return useStore(useStores().parameters, select);
}
export function usePlace<Part>(select: (state: PlaceState) => Part): Part {
  return useStore(useStores().place, select);
}
export function useRoute<Part>(select: (state: RouteState) => Part): Part {
  return useStore(useStores().route, select);
}
export function useSettings<Part>(select: (state: SettingsState) => Part): Part {
  return useStore(useStores().settings, select);
}
export function useTemplate<Part>(select: (state: TemplateState) => Part): Part {
  return useStore(useStores().template, select);
}
