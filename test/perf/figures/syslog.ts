/**
 * Syslog: the highest rate of 250-byte lines over UDP, offered for a second, of which not one is lost, lines per second. Ours is the whole product,
 * the built `run`: every line parsed for its PRI, matched against the pack's words, recorded, and stored in the segments, where they are
 * counted. The peer is rsyslog with the same receive buffer, writing to a file. Neither is held to one CPU, for rsyslog works in several threads.
 */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figure.js';
import { oneRow, type PerfLab } from '../lab.js';

const rates = [20_000, 40_000, 60_000, 75_000, 90_000, 110_000, 130_000, 155_000, 180_000, 215_000, 250_000];
const port = 514;
const buffer = 4 * 1024 * 1024;

export const figure: Figure = {
  name: 'syslog',
  unit: 'lines per second',
  better: 'higher',
  must: { rsyslog: 0.25 },
  aim: { rsyslog: 0.5 },
  runs: 5,
  unable: (lab) => (lab.rmemMax < buffer ? `net.core.rmem_max is ${lab.rmemMax}, and ${buffer} are needed` : undefined),
  contestants: (lab) =>
    Promise.resolve([
      { name: 'ours', run: () => ours(lab) },
      { name: 'rsyslog', run: () => rsyslog(lab) },
    ]),
};

async function ours(lab: PerfLab): Promise<number> {
  const data = mkdtempSync(join(lab.folder, 'syslog-'));
  await using _bench = await lab.bench(['--csv', oneRow(lab.folder), '--no-dhcp', '--unlisted', 'any', '--data', data], { cpus: 'any' });
  return await highest(lab, () => {
    const folder = join(data, 'syslog');
    return readdirSync(folder).map((name) => join(folder, name));
  });
}

async function rsyslog(lab: PerfLab): Promise<number> {
  if (!lab.has('rsyslogd')) throw new Error('rsyslogd is not installed');
  const folder = mkdtempSync(join(lab.folder, 'rsyslog-'));
  const [config, file] = [join(folder, 'rsyslog.conf'), join(folder, 'lines.log')];
  writeFileSync(file, '');
  writeFileSync(
    config,
    `module(load="imudp")
input(type="imudp" port="${port}" address="${lab.server.address}" rcvbufSize="${buffer}")
*.* action(type="omfile" file="${file}")
`,
  );
  await using server = lab.spawnServer(['rsyslogd', '-n', '-f', config, '-i', join(folder, 'pid')], { cpus: 'any' });
  await lab.until('rsyslogd', server, () => lab.listens('udp', port));
  return await highest(lab, () => [file]);
}

/** Offers more and more until something is lost; the last rate at which nothing was, as the sender reached it. */
async function highest(lab: PerfLab, files: () => readonly string[]): Promise<number> {
  await offer(lab, 5_000, 'warm', files);
  let best = 0;
  for (const rate of rates) {
    const { reached, lost } = await offer(lab, rate, `r${rate}`, files);
    if (lost > 0) {
      lab.note(`${lost} of ${rate} lines lost at ${reached} a second`);
      break;
    }
    best = Math.max(best, reached);
  }
  return best;
}

type Offered = { readonly reached: number; readonly lost: number };

async function offer(lab: PerfLab, rate: number, tag: string, files: () => readonly string[]): Promise<Offered> {
  const sender = [lab.load('slblast'), lab.server.address, String(port), String(rate), String(rate), tag];
  const { sent, rate: reached } = JSON.parse((await lab.runClient(sender, { cpus: 'any' })).stdout) as { sent: number; rate: number };
  const needle = Buffer.from(`tag=${tag} `);
  let [stored, still] = [-1, 0];
  // it is over once all are stored, or nothing has been added for a second
  for (let last = stored; stored < sent && still < 10; last = stored) {
    await new Promise((again) => setTimeout(again, 100));
    stored = files().reduce((sum, file) => sum + occurrences(readFileSync(file), needle), 0);
    still = stored === last ? still + 1 : 0;
  }
  return { reached, lost: sent - stored };
}

function occurrences(bytes: Buffer, needle: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + needle.length)) count += 1;
  return count;
}
