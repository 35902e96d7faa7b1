/** The columns of the board: what each sorts by. */
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table';
import type { DeviceRow } from '../../engine/contract/calls.js';
import { evidenceNames, states } from '../../engine/contract/evidence.js';

export const boardFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const verdictOrder = ['fail', 'unverified', 'pending', 'pass'] as const;
const column = createColumnHelper<typeof boardFeatures, DeviceRow>();
const lastIfMissing = { sortUndefined: 'last', sortDescFirst: false } as const;

export const boardColumns = column.columns([
  column.accessor((device) => device.slot ?? undefined, { id: 'slot', sortFn: 'basic', ...lastIfMissing }),
  column.accessor((device) => device.name ?? undefined, { id: 'name', sortFn: 'alphanumeric', ...lastIfMissing }),
  column.accessor('mac', { id: 'mac', sortFn: 'basic', ...lastIfMissing }),
  column.accessor((device) => device.model ?? undefined, { id: 'model', sortFn: 'alphanumeric', ...lastIfMissing }),
  column.accessor((device) => orderOfAddress(device.address), { id: 'address', sortFn: 'basic', ...lastIfMissing }),
  column.accessor(({ state }) => states.indexOf(state), { id: 'stage', sortFn: 'basic', ...lastIfMissing }),
  column.accessor('bytes', { id: 'bytes', sortFn: 'basic', ...lastIfMissing }),
  column.accessor((device) => device.lastSeen ?? undefined, { id: 'lastWords', sortFn: 'basic', ...lastIfMissing }),
  column.accessor(({ waitsFor }) => (waitsFor === null ? undefined : evidenceNames.indexOf(waitsFor)), {
    id: 'waitsFor',
    sortFn: 'basic',
    ...lastIfMissing,
  }),
  column.accessor(({ verdict }) => verdictOrder.indexOf(verdict), { id: 'verdict', sortFn: 'basic', ...lastIfMissing }),
]);

export const columnIds = ['slot', 'name', 'mac', 'model', 'address', 'stage', 'bytes', 'lastWords', 'waitsFor', 'verdict'] as const;

/** An IPv4 address as a number, so that .9 comes before .10. */
function orderOfAddress(address: string | null): number | undefined {
  return address?.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
