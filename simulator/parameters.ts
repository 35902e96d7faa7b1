/** The parameters of one phone: factory values, and what profiles changed. */
import type { Character } from './character.js';
import { factoryValue } from './defaults.js';
import { escapeXml, type Entry } from './profile.js';
import { tagsOf, type TagList } from './tags.js';

export class Parameters {
  readonly #tags: TagList;
  readonly #values = new Map<string, string>();
  readonly #access = new Map<string, string>();

  constructor(model: string) {
    this.#tags = tagsOf(model);
  }

  /** What a tag is now: as set, else as it left the factory. */
  get(tag: string): string {
    return this.#values.get(tag) ?? factoryValue(tag);
  }

  /** Anything but "no" means yes, in any case. */
  isOn(tag: string): boolean {
    return this.get(tag).toLowerCase() !== 'no';
  }

  /**
   * Takes the entries of a profile, in order: tags it does not know are passed over, the last of two wins, an empty element empties.
   * `deaf`: tags it ignores though it knows them. Says whether anything changed.
   */
  apply(entries: readonly Entry[], deaf: ReadonlySet<string> = new Set()): boolean {
    let changed = false;
    for (const { tag, value, ua } of entries) {
      if (!this.#tags.knows(tag) || deaf.has(tag)) continue;
      if (ua !== undefined) this.#access.set(tag, ua);
      if (this.get(tag) === value) continue;
      this.#values.set(tag, value);
      changed = true;
    }
    return changed;
  }

  /** Whether a read-back can show the tag: known, and no secret. */
  shows(tag: string): boolean {
    return this.#tags.knows(tag) && !this.#tags.secret.has(tag);
  }

  /** The whole configuration without secrets, as cfg.xml and reports have it. `instead`: what to show in place of the truth. */
  toXml(style: Character['configuration'], instead: ReadonlyMap<string, string> = new Map()): string {
    const extra = [...this.#values.keys()].filter((tag) => tag.startsWith('Unit_'));
    const lines = [...this.#tags.readable, ...extra].map((tag) => {
      const value = escapeXml(instead.get(tag) ?? this.get(tag));
      const attributes = style.attributes ? ` ua="${this.#access.get(tag) ?? 'na'}"` : '';
      return value === '' && style.attributes ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${value}</${tag}>`;
    });
    const profile = `<flat-profile>\n${lines.join('\n')}\n</flat-profile>\n`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n${style.wrapped ? `<device>\n${profile}</device>\n` : profile}`;
  }
}
