/** Why a new job cannot start yet; the first reason counts. Pure. */
import type { Key } from '../i18n/catalogues.js';
import type { DraftState } from '../stores/draft.js';
import { isAllowed, type PlaceState } from '../stores/place.js';
import { servable } from './lines.js';

export function blockedBy(
  draft: Pick<DraftState, 'csv' | 'busy' | 'reading' | 'skipBad'>,
  place: Pick<PlaceState, 'chosen' | 'repeated' | 'dhcp'>,
  isRunning: boolean,
): Key | null {
  const { csv, busy, reading, skipBad } = draft;
  if (isRunning) return 'draft.blocked.running';
  if (csv === null) return 'draft.blocked.csv';
  if (busy) return 'draft.blocked.busy';
  if (reading === null || reading.fatal) return 'draft.blocked.fatal';
  if (reading.badLines.length > 0 && !skipBad) return 'draft.blocked.bad';
  if (servable(reading, skipBad) === 0) return 'draft.blocked.rows';
  if (place.chosen === null) return 'draft.blocked.place';
  return isAllowed(place) ? null : 'draft.blocked.danger';
}
