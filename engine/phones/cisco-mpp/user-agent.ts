/**
 * `Cisco-CP-8841-3PCC/11.0.1 (00562b043615)`: the HTTP User-Agent, by the default template `$VERSION ($MA)`.
 * The operator may change the template; then it tells nothing.
 */
import { type Mac, parseMac } from '../../contract/mac.js';

const form = /^(?:Cisco-)?CP-(?<model>\d{4})[A-Z]{0,2}-3PCC\/(?<version>[^\s()]{1,64})(?:\s*\((?<mac>[^()]{12,17})\))?/i;

/** Model, version and, where it is there, MAC; undefined for any other program. */
export function readUserAgent(text: string): { model: string; version: string; mac?: Mac } | undefined {
  const groups = form.exec(text.slice(0, 256).trim())?.groups;
  const { model, version } = groups ?? {};
  if (model === undefined || version === undefined) return undefined;
  const mac = parseMac(groups?.['mac'] ?? '');
  return { model, version, ...(mac === undefined ? {} : { mac }) };
}
