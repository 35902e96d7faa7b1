/** Every store of the window, one concern each, and how they hear of the bench. */
import type { StoreApi } from 'zustand/vanilla';
import type { BenchApi, Event } from '../../engine/contract/calls.js';
import type { Link } from '../api/link.js';
import { type BoardState, createBoardStore } from './board.js';
import { type ConnectionState, createConnectionStore } from './connection.js';
import { createDraftStore, type DraftState } from './draft.js';
import { createJobsStore, type JobsState } from './jobs.js';
import { createParametersStore, type ParametersState } from './parameters.js';
import { createPlaceStore, type PlaceState } from './place.js';
import { createRouteStore, type RouteState } from './route.js';
import { createSettingsStore, type SettingsState } from './settings.js';
import { createTemplateStore, type TemplateState } from './template.js';

export type Stores = {
  readonly bench: BenchApi;
  readonly board: StoreApi<BoardState>;
  readonly connection: StoreApi<ConnectionState>;
  readonly draft: StoreApi<DraftState>;
  readonly jobs: StoreApi<JobsState>;
  readonly parameters: StoreApi<ParametersState>;
  readonly place: StoreApi<PlaceState>;
  readonly route: StoreApi<RouteState>;
  readonly settings: StoreApi<SettingsState>;
  readonly template: StoreApi<TemplateState>;
};

export function createStores(bench: BenchApi): Stores {
  return {
    bench,
    board: createBoardStore(bench),
    connection: createConnectionStore(),
    draft: createDraftStore(bench),
    jobs: createJobsStore(bench),
    parameters: createParametersStore(bench),
    place: createPlaceStore(bench),
    route: createRouteStore(),
    settings: createSettingsStore(bench),
    template: createTemplateStore(bench),
  };
}

/** Lets the stores hear; returns how to stop. `onExport`: the person chose to save the result. */
export function connect(stores: Stores, link: Link, onExport: () => void): () => void {
  const { board, connection } = stores;
  const offEvents = link.bench.on((event) => {
    if (event.kind === 'batch') board.getState().hear(event);
    else if (event.kind === 'menu') chooseMenu(stores, event.item, onExport);
    else {
      connection.getState().setEngine(event.state);
      if (event.state === 'running') void board.getState().refresh();
    }
  });
  const offLink = link.onLink((news) => {
    if (news === 'ended') return connection.getState().end();
    connection.getState().setEngine(news === 'lost' ? 'lost' : 'running');
    if (news === 'back') void board.getState().refresh();
  });
  return () => {
    offEvents();
    offLink();
  };
}

type MenuItem = Extract<Event, { kind: 'menu' }>['item'];

function chooseMenu({ route }: Stores, item: MenuItem, onExport: () => void): void {
  const { go, askStop } = route.getState();
  if (item === 'stop') askStop(true);
  else if (item === 'export') onExport();
  else if (item === 'new-job') go({ screen: 'draft' });
  else go({ screen: item });
}
