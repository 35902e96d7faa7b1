/** Files the person chooses, in the system's own dialogs. Paths stay here: the window gets a handle and a name. */
import { open, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { Answer, Input } from '../engine/contract/calls.js';
import { failed } from './engine-process.js';
import type { Call } from './gateway.js';
import type { Memory } from './memory.js';
import type { Words } from './words.js';

export type DialogsOptions = {
  readonly memory: Memory;
  readonly window: () => BrowserWindow | undefined;
  readonly words: () => Words;
  readonly engine: Call;
};

/** Each kind of file: the folder it was last taken from, and what it ends with. */
const kinds = {
  csv: { folder: 'csv', name: 'lists', extensions: ['csv', 'txt', 'tsv'] },
  recipe: { folder: 'recipe', name: 'recipes', extensions: ['yaml', 'yml'] },
  template: { folder: 'recipe', name: 'templates', extensions: ['xml', 'cfg', 'txt'] },
  kit: { folder: 'template', name: 'kits', extensions: ['xml', 'cfg', 'txt', 'zip', 'gz'] },
} as const;

/** The largest file that is read, in bytes; as in the contract. */
const largest = 20 * 1024 * 1024;

/** `files.choose`: null when the person closed the dialog. */
export async function chooseFile({ what, as }: Input<'files.choose'>, { memory, window, words, engine }: DialogsOptions): Promise<Answer> {
  const { folder: kept, name, extensions } = kinds[what];
  const folder = memory.now.folders[kept];
  const parent = window();
  const options = {
    properties: ['openFile' as const],
    filters: [
      { name: words()[name], extensions: [...extensions] },
      { name: words().anyFile, extensions: ['*'] },
    ],
    ...(folder === undefined ? {} : { defaultPath: folder }),
  };
  const { canceled, filePaths } = await (parent === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
  const [path] = filePaths;
  if (canceled || path === undefined) return { ok: true, value: null };
  memory.keep({ folders: { ...memory.now.folders, [kept]: dirname(path) } });
  const bytes = await read(path);
  if (!bytes.ok) return bytes.answer;
  const upload = (name: string, value: Buffer): Promise<Answer> =>
    engine('files.upload', { name: name.slice(0, 300), base64: value.toString('base64') });
  if (what === 'recipe') await uploadBeside(path, bytes.value, upload);
  return upload(as ?? basename(path), bytes.value);
}

/** A recipe's template lies beside it; one that is not there the window asks for. */
async function uploadBeside(path: string, recipe: Buffer, upload: (name: string, value: Buffer) => Promise<Answer>): Promise<void> {
  const { namesBeside } = await import('../engine/profiles/beside.js'); // brings all that is known of recipes: only when it is needed
  for (const name of namesBeside(recipe.toString('utf8'))) {
    const bytes = await read(join(dirname(path), name));
    if (bytes.ok) await upload(name, bytes.value);
  }
}

/** `files.save`: text or bytes into a file the person chooses. */
export async function saveFile({ name, content }: Input<'files.save'>, { memory, window }: DialogsOptions): Promise<Answer> {
  const folder = memory.now.folders.save ?? app.getPath('documents');
  const parent = window();
  const options = { defaultPath: join(folder, safeName(name)) };
  const { canceled, filePath } = await (parent === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
  if (canceled || filePath === '') return { ok: true, value: { saved: false } };
  memory.keep({ folders: { ...memory.now.folders, save: dirname(filePath) } });
  try {
    await writeFile(filePath, 'text' in content ? content.text : Buffer.from(content.base64, 'base64'));
    return { ok: true, value: { saved: true } };
  } catch (error) {
    return failed('file.unwritable', { path: basename(filePath), reason: codeOf(error) });
  }
}

async function read(
  path: string,
): Promise<{ readonly ok: true; readonly value: Buffer } | { readonly ok: false; readonly answer: Answer }> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > largest) return { ok: false, answer: failed('file.too-large', { path: basename(path), size, limit: largest }) };
    return { ok: true, value: await file.readFile() };
  } catch (error) {
    return { ok: false, answer: failed('file.unreadable', { path: basename(path), reason: codeOf(error) }) };
  }
}

/** A name proposed by the window, as a name and nothing more. */
function safeName(name: string): string {
  return basename(name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-')) || 'benchtone.csv';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
