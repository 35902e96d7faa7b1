/** What tells this running bench from every other: host, process and the moment it began. */
import { hostname } from 'node:os';

/** The same text for the whole life of the process, at most 200 characters. */
export function thisBench(): string {
  return `${hostname().slice(0, 150)}/${process.pid}/${performance.timeOrigin}`;
}
