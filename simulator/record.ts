/** A phone's own record of what it took: what a bench's verdict is held against. */
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
};

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
  if (/^\/?handoff\//i.test(path)) return 'hand-off';
  return /^\/?device\//i.test(path) ? 'device' : 'bootstrap';
}

export class Diary {
  readonly #took: string[] = [];
  readonly #hosts = new Set<string>();
  #marker: string | null = null;
  #tookHandOff = false;

  /** A profile was applied, and this is how things are now. */
  note(host: string, path: string, parameters: Parameters): void {
    this.#took.push(path);
    if (this.#took.length > mostPaths) this.#took.shift();
    this.#hosts.add(host);
    const stage = stageOf(path);
    const marker = parameters.get('GPP_P');
    if (stage === 'device' && marker !== '') this.#marker = marker;
    if (stage === 'hand-off') this.#tookHandOff = true;
  }

  /** The record of this moment. */
  tell(phone: { readonly mac: string; readonly model: string; readonly fault: Fault | undefined }, parameters: Parameters): PhoneRecord {
    const { mac, model, fault } = phone;
    return {
      type: 'phone',
      mac,
      model,
      fault: fault ?? null,
      took: [...this.#took],
      marker: this.#marker,
      profileRule: parameters.get('Profile_Rule'),
      handedOff: this.#tookHandOff && parameters.get('GPP_P') === '' && !this.#namesBench(parameters),
    };
  }

  #namesBench(parameters: Parameters): boolean {
    return benchTags.some((tag) => {
      const words = parameters.get(tag).split(/[^\w.-]+/);
      return words.some((word) => this.#hosts.has(word));
    });
  }
}
