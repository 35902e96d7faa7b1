import { type Place, Unavailable } from './place.js';

/** Opens an interface for phones. */
export function openInterface(name: string): Promise<Place> {
  return Promise.reject(new Unavailable(name));
}
