/** What a phone sent, handed to the window. */
import type { Output } from '../contract/calls.js';
import { readKeptUpload } from '../store/kept-upload.js';
import { done, refused, type Reply } from './reply.js';

/** What a window saves in one go, in bytes: as base64 it has to pass through a call. */
const most = 20_000_000;

export async function keptReport(folder: string, name: string): Promise<Reply<Output<'phone.report'>>> {
  const read = await readKeptUpload(folder, name, most);
  return read.ok ? done({ name, base64: read.value.toString('base64') }) : refused(read.refusal);
}
