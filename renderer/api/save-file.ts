/** Something of the bench's as a file of the person's: a dialog on the desktop, a download in a browser. */
import type { BenchApi, CallError, Input } from '../../engine/contract/calls.js';

type FileToSave = Input<'files.save'>;

/** True when it was saved, false when the person closed the dialog. */
export async function saveFile(bench: BenchApi, file: FileToSave): Promise<boolean | CallError> {
  if (bench.host === 'desktop') {
    const answer = await bench.call('files.save', file);
    return answer.ok ? answer.value.saved : answer.error;
  }
  const url = URL.createObjectURL(blobOf(file.content));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return true;
}

function blobOf(content: FileToSave['content']): Blob {
  if ('text' in content) return new Blob([content.text], { type: 'text/csv' });
  const bytes = Uint8Array.from(atob(content.base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: 'application/octet-stream' });
}
