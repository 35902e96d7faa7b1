/** A kept upload for a person who wants to see it. The folder and the names are those of uploads.ts. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../contract/problem.js';

const nameForm = /^\d{8}T\d{6}Z-[0-9a-z-]{1,40}-[0-9a-f]{12}\.[a-z.]{1,8}$/;

/** Its bytes. Refused where it is not there any more (newer ones took its place), or larger than `most` bytes; `file` then says where it lies. */
export async function readKeptUpload(folder: string, name: string, most: number): Promise<Result<Buffer>> {
  if (!nameForm.test(name)) return refused('upload.gone', { name });
  const file = join(folder, name);
  try {
    const { size } = await stat(file);
    return size > most ? refused('upload.too-large', { file, bytes: size }) : { ok: true, value: await readFile(file) };
  } catch {
    return refused('upload.gone', { name });
  }
}

function refused(code: string, params: Record<string, string | number>): Result<never> {
  return { ok: false, refusal: { kind: 'missing', code, params } };
}
