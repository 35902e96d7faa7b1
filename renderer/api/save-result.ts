/** A job's result as a file of the person's: a dialog on the desktop, a download in a browser. */
import type { BenchApi, CallError } from '../../engine/contract/calls.js';

/** True when it was saved, false when the person closed the dialog. */
export async function saveResult(bench: BenchApi, job: string): Promise<boolean | CallError> {
  const report = await bench.call('report.csv', { job });
  if (!report.ok) return report.error;
  const { name, text } = report.value;
  if (bench.host === 'desktop') {
    const answer = await bench.call('files.save', { name, content: { text } });
    return answer.ok ? answer.value.saved : answer.error;
  }
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return true;
}
