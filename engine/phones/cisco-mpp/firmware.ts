/**
 * Which parameters a firmware ignores, for it is older than they are, or they were taken out before it. Of a firmware that tells too little
 * nothing is said.
 *
 *   12.0(7)SR2   12-0-7MPP0201-66   sip88xx.12-0-7MPP0201-66.loads   11-2-3MSR1-1   12.0.7     (facts sections 3.3 and 8.2)
 *
 * Documents count service releases; a load has them as the hundreds after `MPP`, or after `MSR`. What follows is the build.
 */
import { catalogue, findParameter, tagsOf } from './parameters.js';
import type { Known } from './catalogue/entry.js';
import { type Finding, warning } from './findings.js';
import { parseRule } from './rule/parse.js';
import type { Together } from './together.js';

const release =
  /^(?<major>\d{1,3})[.-](?<minor>\d{1,3})(?:[.(-](?<micro>\d{1,3})\)?)?(?:M?SR(?<service>\d{1,3})|MPP(?<hundreds>\d{2})\d{2})?/i;

/** Why a firmware ignores a parameter: it came with a later one, or an earlier one was the last to have it; undefined where it does not, or nobody can say. */
export function whyIgnored({ since, until }: Pick<Known, 'since' | 'until'>, firmware: string): 'since' | 'until' | undefined {
  const running = readRelease(firmware);
  if (running === undefined) return undefined;
  if (since !== undefined && (order(running, since) ?? 0) < 0) return 'since';
  return until !== undefined && (order(running, until) ?? 0) > 0 ? 'until' : undefined;
}

/** Those of the tags that a firmware ignores. */
export function ignoredBy(firmware: string, tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => {
    const known = findParameter(tag)?.known;
    return known !== undefined && whyIgnored(known, firmware) !== undefined;
  });
}

/** A parameter that the firmware of `Upgrade_Rule` ignores: every load the rule names, for which of them a phone takes is its own business. */
export function firmwareChecks(): readonly Together[] {
  return catalogue()
    .filter(({ since, until }) => since !== undefined || until !== undefined)
    .flatMap((known) =>
      tagsOf(known).map((tag): Together => ({ tags: [tag, 'Upgrade_Rule'], find: (of) => found(known, of(tag), of('Upgrade_Rule')) })),
    );
}

function found(known: Known, value: string | undefined, rule: string | undefined): Finding | undefined {
  const loads = value === undefined || value === '' ? [] : loadsIn(rule ?? '');
  const [firmware] = loads;
  const reasons = new Set(loads.map((load) => whyIgnored(known, load)));
  const [why] = reasons;
  if (firmware === undefined || why === undefined || reasons.size > 1) return undefined;
  const params = { firmware, release: known[why] ?? '' };
  return why === 'since' ? warning('parameter.firmware-since', params) : warning('parameter.firmware-until', params);
}

/** `http://server/sip88xx.12-0-7MPP0101-52.loads` names 12-0-7MPP0101-52. */
function loadsIn(rule: string): readonly string[] {
  const read = parseRule(rule);
  const paths = read.ok ? read.rule.flatMap(({ url }) => url?.path ?? []) : [];
  return paths.flatMap((path) => /(?<name>[^/]*)\.loads$/i.exec(path)?.groups?.['name'] ?? []);
}

function readRelease(version: string): readonly (number | undefined)[] | undefined {
  const groups = release.exec(version.trim().replace(/^[A-Za-z][A-Za-z0-9_]*\./, ''))?.groups;
  if (groups === undefined) return undefined;
  const { major, minor, micro, service, hundreds } = groups;
  return [major, minor, micro, service ?? hundreds].map((part) => (part === undefined ? undefined : Number(part)));
}

/** Below 0 when it runs an older one than `named`, above when newer; of what `named` does not say every release is its own. Undefined when nobody can say. */
function order(running: readonly (number | undefined)[], named: string): number | undefined {
  for (const [index, part] of (readRelease(named) ?? []).entries()) {
    const own = running[index];
    if (part === undefined) return 0;
    if (own === undefined) return undefined;
    if (own !== part) return own - part;
  }
  return 0;
}
