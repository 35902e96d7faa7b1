import { expect, it } from 'vitest';
import { systemClock } from '../../engine/services/service.js';
import { lineText, startSyslog } from '../../engine/services/syslog/server.js';
import { Notebook, openLoopback } from '../engine/services/loopback.js';
import { run } from './clients.js';

const said = 'CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful resync http://10.0.0.1:80/device/000e08abcdef.xml';

it.each([['--rfc3164'], ['--rfc5424'], ['--rfc5424=notime,notq,nohost']])('logger %s is heard', async (format) => {
  const book = new Notebook();
  const lines: string[] = [];
  const started = await startSyslog({
    port: 0,
    open: openLoopback,
    readWord: (text) => (text.endsWith(said) ? { step: 'resync', outcome: 'successful' } : undefined),
    observe: book.observe,
    onLine: (line) => lines.push(lineText(line)),
    clock: systemClock,
  });
  if (!started.ok) throw new Error(started.refusal.code);
  await using service = started.value;
  expect(await run('logger', ['-n', '127.0.0.1', '-P', String(service.port), '-d', format, '-t', 'phone', said])).toMatchObject({
    code: 0,
  });
  expect(await book.until(1, 'word')).toEqual([{ kind: 'word', step: 'resync', outcome: 'successful' }]);
  expect(book.observations[0]?.sender).toEqual({ address: '127.0.0.1', claims: [{ source: 'syslogText', mac: '000e08abcdef' }] });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(said);
});
