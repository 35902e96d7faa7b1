/** Captures read by tshark: an opinion on our packets that is not ours. */
import { run } from './namespaces.js';

const asText = { HOME: '/nonexistent', LC_ALL: 'C.UTF-8' };

/** The packets of a capture that `filter` shows, as rows of the named fields; rejects when tshark can't read the file. */
export async function dissect(file: string, filter: string, fields: readonly string[], more: readonly string[] = []): Promise<string[][]> {
  const wanted = fields.flatMap((field) => ['-e', field]);
  const args = ['-n', '-r', file, ...more, '-Y', filter, '-T', 'fields', '-E', 'separator=/t', ...wanted];
  const { status, stdout, stderr } = await run('tshark', args, { env: asText });
  if (status !== 0) throw new Error(`tshark: ${stderr}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

/** What tshark finds malformed, or an error of a protocol, in a capture: number, protocol and description of each packet. */
export async function complaints(file: string, more: readonly string[] = []): Promise<string[]> {
  const found = await dissect(
    file,
    '_ws.malformed || _ws.expert.severity == error',
    ['frame.number', '_ws.col.Protocol', '_ws.col.Info', '_ws.expert.message'],
    more,
  );
  return found.map((row) => row.join(' '));
}
