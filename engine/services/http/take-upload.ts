/**
 * What a phone sends by POST or PUT, on its way to where it is kept: the content itself, or of a form (multipart) the file in it.
 *
 * Phones label a configuration report as a form although it is XML, so the label counts for nothing but the boundary of a multipart.
 */
import { boundaryOf, FormFile } from '../../protocols/http/form-file.js';
import type { Upload } from '../files.js';
import type { BodySource } from './conversation.js';

export type Taken =
  | { readonly kind: 'kept'; readonly bytes: number; readonly file: string }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 500 | 507 }
  | { readonly kind: 'gone' };

const statuses = { 'too-large': 413, full: 507, failed: 500 } as const;

/** Streams a content into an upload that was begun; nothing of it stays when this does not end in `kept`. Never rejects for what a phone does. */
export async function takeUpload(body: BodySource, contentType: string | undefined, upload: Upload): Promise<Taken> {
  const boundary = boundaryOf(contentType ?? '');
  const form = boundary === undefined ? undefined : new FormFile(boundary);
  let refused: keyof typeof statuses | undefined;
  const keep = async (bytes: Uint8Array): Promise<boolean> => {
    if (bytes.length === 0) return true;
    const kept = await upload.write(bytes);
    if (kept !== 'kept') refused = kept;
    return kept === 'kept';
  };
  const ended = await body.read(async (piece) => {
    if (form === undefined) return keep(piece);
    for (const part of form.push(piece)) if (!(await keep(part))) return false;
    return !form.isBad;
  });
  const whole = ended === 'done' && (form === undefined || form.isWhole);
  const kept = whole ? await upload.keep() : undefined;
  if (kept !== undefined) return { kind: 'kept', ...kept };
  await upload.drop();
  if (ended === 'gone') return { kind: 'gone' };
  if (refused !== undefined) return { kind: 'refused', status: statuses[refused] };
  return { kind: 'refused', status: whole ? 500 : 400 };
}
