/** A phone's own record of what it took: what a bench's verdict is held against. */
import { createHash } from 'node:crypto';
import type { Fault } from './faults.js';
import type { Parameters } from './parameters.js';

export type PhoneRecord = {
  readonly type: 'phone';
  readonly mac: string;
  readonly model: string;
  readonly fault: Fault | null;
  /** Paths of the profiles applied, in order; the latest thousand. */
  readonly took: readonly string[];
  readonly marker: string | null;
  readonly profileRule: string;
  readonly handedOff: boolean;
  /** Handed off, and nothing is left that only the bench needed. */
  readonly sealed: boolean;
  /** The provisioning states it came to, in Cisco's words, each once. */
  readonly states: readonly ProvisioningState[];
  /** SHA-256 of key and directory with a blank between them, so that a list of keys can be held against it; null without both. */
  readonly keyed: string | null;
};

/** As the deployment guide calls them; the phone itself never says so. */
export type ProvisioningState = 'MFG-RESET' | 'SP-CUST' | 'SEC-PRV-1' | 'SEC-PRV-2';

/** What a path says of the file: the bench's own folders, anything else leads a phone there. */
export type Stage = 'bootstrap' | 'device' | 'hand-off';

const mostPaths = 1000;

/** Where a value can name the bench. */
const benchTags = [
  'Profile_Rule',
  'Profile_Rule_B',
  'Profile_Rule_C',
  'Profile_Rule_D',
  'Syslog_Server',
  'Report_Rule',
  'Upgrade_Rule',
  'Peer_Firmware_Sharing_Log_Server',
];

/** The stage a path belongs to. */
export function stageOf(path: string): Stage {
  if (/(?:^|\/)handoff\//i.test(path)) return 'hand-off';
  return /(?:^|\/)device\//i.test(path) ? 'device' : 'bootstrap';
}

export class Diary {
  readonly #took: string[] = [];
  readonly #hosts = new Set<string>();
  #marker: string | null = null;
  #tookHandOff = false;
  readonly #states = new Set<ProvisioningState>(['MFG-RESET']);

  /** A profile was applied, and this is how things are now. */
  note({ host, path, locked }: { readonly host: string; readonly path: string; readonly locked: boolean }, parameters: Parameters): void {
    this.#took.push(path);
    if (this.#took.length > mostPaths) this.#took.shift();
    this.#hosts.add(host);
    this.#noteState(parameters, locked);
    const stage = stageOf(path);
    const marker = parameters.get('GPP_P');
    // Where the hand-off comes in the place of the phone's own file it is the one that takes the mark away.
    if (stage === 'hand-off' || (stage === 'device' && marker === '' && this.#marker !== null)) this.#tookHandOff = true;
    if (stage === 'device' && marker !== '') this.#marker = marker;
  }

  /** The record of this moment. */
  tell(phone: { readonly mac: string; readonly model: string; readonly fault: Fault | undefined }, parameters: Parameters): PhoneRecord {
    const { mac, model, fault } = phone;
    const handedOff = this.#tookHandOff && parameters.get('GPP_P') === '' && !this.#namesBench(parameters);
    return {
      type: 'phone',
      mac,
      model,
      fault: fault ?? null,
      took: [...this.#took],
      marker: this.#marker,
      profileRule: parameters.get('Profile_Rule'),
      handedOff,
      sealed: handedOff && isClean(parameters),
      states: [...this.#states],
      keyed: keyedBy(parameters),
    };
  }

  #noteState(parameters: Parameters, locked: boolean): void {
    const rules = rulesOf(parameters);
    if (rules.some((rule) => rule.includes('://'))) this.#states.add('SP-CUST');
    const keyed = rules.some((rule) => /--key\s+"?\$A\b/.test(rule)) ? parameters.get('GPP_A') : parameters.get(contentKeyTag);
    if (keyed !== '' && parameters.get('GPP_B') !== '') this.#states.add('SEC-PRV-1');
    if (locked) this.#states.add('SEC-PRV-2');
  }

  #namesBench(parameters: Parameters): boolean {
    return benchTags.some((tag) => {
      const words = parameters.get(tag).split(/[^\w.-]+/);
      return words.some((word) => this.#hosts.has(word));
    });
  }
}

const contentKeyTag = 'IKM_HTTP_Encrypt_Content';
/** Seconds between two resyncs that only a bench wants. */
const benchPeriod = '30';

function rulesOf(parameters: Parameters): string[] {
  return benchTags.filter((tag) => tag.startsWith('Profile_Rule')).map((tag) => parameters.get(tag));
}

/** No key or directory without a rule that uses it, and no hurry. */
function isClean(parameters: Parameters): boolean {
  const rules = rulesOf(parameters).join(' ');
  const spent = (['A', 'B'] as const).filter((letter) => !new RegExp(`\\$\\(?${letter}\\b`).test(rules));
  return spent.every((letter) => parameters.get(`GPP_${letter}`) === '') && parameters.get('Resync_Periodic') !== benchPeriod;
}

function keyedBy(parameters: Parameters): string | null {
  const [key, directory] = [parameters.get('GPP_A') || parameters.get(contentKeyTag), parameters.get('GPP_B')];
  return key === '' || directory === '' ? null : createHash('sha256').update(`${key} ${directory}`).digest('hex');
}
