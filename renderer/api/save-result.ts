/** What a person takes along: a job's result, or what phones and bench said to each other. */
import type { BenchApi, CallError } from '../../engine/contract/calls.js';
import { saveFile } from './save-file.js';

/** True when it was saved, false when the person closed the dialog. */
export async function saveResult(bench: BenchApi, job: string): Promise<boolean | CallError> {
  const report = await bench.call('report.csv', { job });
  if (!report.ok) return report.error;
  const { name, text } = report.value;
  return saveFile(bench, { name, content: { text } });
}

/** The messages of one phone, or with null of all, as a capture; true when it was saved. */
export async function saveCapture(bench: BenchApi, mac: string | null): Promise<boolean | CallError> {
  const capture = await bench.call('phone.capture', { mac });
  if (!capture.ok) return capture.error;
  const { name, base64 } = capture.value;
  return saveFile(bench, { name, content: { base64 } });
}

/** What a phone sent, as it came. */
export async function saveReport(bench: BenchApi, file: string): Promise<boolean | CallError> {
  const report = await bench.call('phone.report', { file });
  if (!report.ok) return report.error;
  const { name, base64 } = report.value;
  return saveFile(bench, { name, content: { base64 } });
}
