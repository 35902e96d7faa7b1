/** Templates the window brought: opened, read with a person's decisions, and made recipes. Nothing of them is on disk. */
import type { Input, Output } from '../contract/calls.js';
import type { Problem } from '../contract/problem.js';
import { packNamed, packNames } from '../phones/packs.js';
import type { Pack } from '../phones/pack.js';
import { type Imported, importSteps } from '../profiles/importing/importing.js';
import { finishInSlices } from '../profiles/slices.js';
import { offer, type OfferedFile } from '../profiles/importing/offered.js';
import { Keepsakes } from './keepsakes.js';
import { done, failed, type Reply } from './reply.js';
import type { Uploads } from './uploads.js';

type Template = readonly OfferedFile[];
type Asked = Input<'template.read'>;
type ToldProblem = Output<'template.read'>['problems'][number];

const limits = { templates: 4, bytes: 64 << 20 } as const;

export class Templates {
  readonly #uploads: Uploads;
  readonly #kept = new Keepsakes<Template>({
    number: limits.templates,
    bytes: limits.bytes,
    sizeOf: (files) => files.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
  });

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  async open({ file }: Input<'template.open'>): Promise<Reply<Output<'template.open'>>> {
    const bytes = this.#uploads.bytes(file);
    const pack = onlyPack();
    if (bytes === undefined || pack === undefined) return failed('import.gone');
    const offered = await offer(this.#uploads.nameOf(file) ?? '', bytes);
    if (!offered.ok) return failed(offered.code);
    const files: Output<'template.open'>['files'] = [];
    for (const { name, size, text, refused } of offered.files) {
      const read = text === null ? undefined : await finishInSlices(pack.foreign.readSteps(text)); // a running bench goes on meanwhile
      files.push({ name, size, tags: read === undefined || read.form === null ? null : read.entries.length, refused });
    }
    if (offered.files.every(({ text }) => text === null)) return failed(offered.files[0]?.refused ?? 'import.no-text');
    return done({ template: this.#kept.keep(offered.files), files });
  }

  async read(asked: Asked): Promise<Reply<Output<'template.read'>>> {
    const imported = await this.#import(asked);
    if (imported === undefined) return failed('import.gone');
    const { open, columns, recipe } = imported;
    return done({
      tags: imported.tags.map(({ file, line, written, tag, value, becomes, place, status, secret, meant, problems }) => {
        return { file, line, written, tag, value, becomes, place, status, secret, meant, problems: problems.map(toldProblem) };
      }),
      serverTags: imported.serverTags.map(({ tag, usedBy, proposal, becomes, secret }) => {
        return { tag, usedBy: [...usedBy], proposal, becomes, secret };
      }),
      problems: imported.problems.map(toldProblem),
      open,
      columns: [...columns],
      recipe,
    });
  }

  async use(asked: Asked): Promise<Reply<Output<'template.use'>>> {
    const text = (await this.#import(asked))?.recipe;
    if (text === undefined || text === null) return failed('import.gone');
    const name = `${asked.name.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)}.yaml`;
    const file = this.#uploads.take(name, Buffer.from(text).toString('base64'));
    return file.ok ? done({ file: file.value, text }) : file;
  }

  /** A running bench goes on meanwhile. */
  async #import({ template, files, name, decisions }: Asked): Promise<Imported | undefined> {
    const kept = this.#kept.get(template);
    const pack = onlyPack();
    const chosen = files.map((wanted) => kept?.find((each) => each.name === wanted && each.text !== null));
    if (pack === undefined || chosen.some((each) => each === undefined)) return undefined;
    const texts = chosen.flatMap((each) => (each === undefined || each.text === null ? [] : [{ name: each.name, text: each.text }]));
    return finishInSlices(importSteps(pack, texts, decisions, name));
  }
}

/** As long as there is one family nobody has to say which. */
function onlyPack(): Pack | undefined {
  return packNamed(packNames()[0] ?? '');
}

function toldProblem(problem: Problem): ToldProblem {
  return { ...problem, params: { ...problem.params } };
}
