/** A file a person dropped or chose, handed to the host as bytes; paths never leave it. */
import type { Answer, BenchApi } from '../../engine/contract/calls.js';

const most = 20 * 1024 * 1024; // bytes, as the contract takes them

/** `as`: a name of its own in place of the file's. */
export async function uploadFile(bench: BenchApi, file: File, as = file.name): Promise<Answer<'files.upload'>> {
  if (file.size > most) return { ok: false, error: { code: 'window.too-large', params: { bytes: file.size } } };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return await bench.call('files.upload', { name: as.slice(0, 300), base64: toBase64(bytes) });
  } catch {
    // A folder that was dropped, or a file that is gone again.
    return { ok: false, error: { code: 'window.not-a-file', params: {} } };
  }
}

function toBase64(bytes: Uint8Array): string {
  const chunk = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}
