/** A data folder for one test, with its database, gone afterwards; and a work order to keep in it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { readJob } from '../../../engine/profiles/read-job.js';
import { openDatabase } from '../../../engine/store/database.js';
import type { JobInput } from '../../../engine/bench/job.js';

export class DataFolder implements Disposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'benchtone-store-'));
  readonly #open: DatabaseSync[] = [];

  path(name: string): string {
    return join(this.folder, name);
  }

  open(): DatabaseSync {
    const opened = openDatabase(this.folder);
    if (!opened.ok) throw new Error(opened.refusal.code);
    this.#open.push(opened.value);
    return opened.value;
  }

  /** Names of the files in which these bytes stand. */
  holding(bytes: Buffer): string[] {
    const files = readdirSync(this.folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ name }) => name).filter((name) => readFileSync(this.path(name)).includes(bytes));
  }

  [Symbol.dispose](): void {
    for (const database of this.#open) if (database.isOpen) database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const recipeText = `benchtone: 1
name: Two desks
phones: cisco-mpp
parameters:
  Admin_Password: "{{admin}}"
handOff:
  Profile_Rule: https://prov.example.com/$MA.xml
`;
const csvText = 'mac,model,admin\nc4c603000001,8851,Maple!Front-9\n,7841,Maple!Back-17\n';

/** A work order of two rows, one of them without a MAC. */
export function workOrder(csv: string = csvText, recipe: string = recipeText): JobInput {
  const { recipe: read, rows } = readJob(Buffer.from(csv), recipe);
  if (read === undefined) throw new Error('the recipe is sound');
  return { recipe: read, rows, files: [Buffer.from(csv), Buffer.from(recipe)] };
}
