/** Where the person is. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type Route =
  | { readonly screen: 'start' }
  | { readonly screen: 'draft' }
  | { readonly screen: 'board' }
  | { readonly screen: 'history' }
  /** The board of a job that may not be running. */
  | { readonly screen: 'job'; readonly job: string }
  /** Choosing where to go on with an open job. */
  | { readonly screen: 'resume'; readonly job: string; readonly name: string }
  /** Who has which address of the running bench. */
  | { readonly screen: 'addresses' }
  /** Raw syslog lines of the running bench, of one phone or of all. */
  | { readonly screen: 'syslog'; readonly mac: string | null }
  /** What a recipe may set. */
  | { readonly screen: 'parameters' }
  | { readonly screen: 'doctor' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'about' };

export type Screen = Route['screen'];

export type RouteState = {
  readonly route: Route;
  /** The phone whose page is open beside the board. */
  readonly phone: { readonly job: string; readonly mac: string } | null;
  /** A stop that waits for the person's yes. */
  readonly stopAsked: boolean;
  readonly go: (route: Route) => void;
  readonly openPhone: (job: string, mac: string) => void;
  readonly closePhone: () => void;
  readonly askStop: (asked: boolean) => void;
};

export function createRouteStore(): StoreApi<RouteState> {
  return createStore<RouteState>((set) => ({
    route: { screen: 'start' },
    phone: null,
    stopAsked: false,
    go: (route) => set({ route, phone: null }),
    openPhone: (job, mac) => set({ phone: { job, mac } }),
    closePhone: () => set({ phone: null }),
    askStop: (stopAsked) => set({ stopAsked }),
  }));
}
