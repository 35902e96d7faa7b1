/** A parameter of the recipe, ready to be filled from a row. */
import type { Access } from '../../profiles/job.js';
import type { Template } from '../../profiles/template.js';
import type { Finding } from './findings.js';
import type { Known } from './catalogue/entry.js';

export type Slot = {
  readonly tag: string;
  /** Undefined for a tag the recipe takes responsibility for. */
  readonly known?: Known;
  readonly template: Template;
  readonly ua: Access;
  /** Key path in the recipe. */
  readonly path: string;
  /** Where a builder made it of texts of the recipe. */
  readonly built?: Built;
};

type Built = {
  readonly builder: string;
  /** Columns without which nothing is written; of an empty one among `needs` the person is told. */
  readonly needs: readonly string[];
  readonly where: readonly string[];
  /** What is wrong is told by another slot of the same texts. */
  readonly quiet: boolean;
  /** What is wrong with the texts, filled from these columns. */
  judge(columns: Readonly<Record<string, string>>): readonly Finding[];
};
