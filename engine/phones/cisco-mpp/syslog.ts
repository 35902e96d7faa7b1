/**
 * The phone's own word: one syslog line at the start and at the end of each resync and upgrade, by the templates `Log_*_Msg`.
 *
 *   CP-8851-3PCC 00:0e:08:ab:cd:ef -- Requesting resync http://192.168.1.200:80/8851-3PCC.xml
 *   CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful resync tftp://192.168.1.200/device/000e08abcdef.xml
 *   CP-8851-3PCC 00:0e:08:ab:cd:ef -- Resync failed: http_get failed
 *   CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful upgrade http://192.168.1.200:80/sip88xx.loads  -- ok
 *
 * Lenient: what stands in front (PRI, time, Syslog_Identifier) is skipped; the dashes may be of any kind (documents print em and en
 * dashes); `$SERVIP` may be literal (CSCwf10956, open in 12.0(7)SR1); the port may be missing or empty.
 */
import { type Mac, parseMac } from '../../contract/mac.js';
import type { Purpose } from '../../contract/observation.js';
import type { Word } from '../pack.js';
import { readPath } from './paths.js';

const lengthLimit = 2048;
const errorLimit = 200;
const pathLimit = 256;

const going = /\b(?<outcome>Requesting|Successful) (?<step>resync|upgrade)\b\s*(?:[a-z]{1,8}:\/\/[^/\s]{0,255}(?<path>\/\S*)?)?/i;
const failed = /\b(?<step>Resync|Upgrade) failed\b:?\s*(?<error>.*)/i;
/** What each of them holds. */
export const wordHint = /resync|upgrade/i;
const macForm = /(?<![0-9a-f:])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{12})(?![0-9a-f:])/i;

/** Reads one message; undefined for any other line. Never throws. */
export function readWord(text: string): Word | undefined {
  const line = text.slice(0, lengthLimit).replaceAll(/\p{Cc}+/gu, ' ');
  const said = going.exec(line);
  const wrong = said === null ? failed.exec(line) : null;
  const match = said ?? wrong;
  if (match === null) return undefined;
  const { step = '', outcome, path, error = '' } = match.groups ?? {};
  const mac = macBefore(line, match.index);
  const shortPath = path?.slice(0, pathLimit);
  const purpose = shortPath === undefined ? undefined : purposeOf(shortPath);
  const shortError = said === null ? error.trim().slice(0, errorLimit) : ''; // some templates say `-- ok` after a success
  return {
    step: step.toLowerCase() === 'upgrade' ? 'upgrade' : 'resync',
    outcome: said === null ? 'failed' : outcome?.toLowerCase() === 'requesting' ? 'requesting' : 'successful',
    ...(mac === undefined ? {} : { mac }),
    ...(shortPath === undefined ? {} : { path: shortPath }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(shortError === '' ? {} : { error: shortError }),
  };
}

/** The last MAC in front of the message: what is nearest to it was written by its template, not by a relay. */
function macBefore(line: string, end: number): Mac | undefined {
  let rest = line.slice(0, end);
  let last: Mac | undefined;
  for (let found = macForm.exec(rest); found !== null; found = macForm.exec(rest)) {
    last = parseMac(found[0]) ?? last;
    rest = rest.slice(found.index + found[0].length);
  }
  return last;
}

function purposeOf(path: string): Purpose | undefined {
  const purpose = readPath(path)?.purpose;
  return purpose === 'report' || purpose === 'wrong-image' || purpose === 'firmware' ? undefined : purpose;
}
