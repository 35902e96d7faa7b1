/** Virtual phones on an interface, against a server not ours: dnsmasq gives addresses and serves the files by TFTP. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = resolve(import.meta.dirname, '../../out/simulator/main.js');
const servers = `phs${process.pid}`;
const clients = `phc${process.pid}`;
const macs = ['f8a5c5000001', 'b4a8b9000002', 'c4c603000003', 'dcf719000004', '38ed18000005', 'c80084000006'];
const models = ['8851', '8841', '6841', '8865', '7841', '8851'];
let folder: string;
let dnsmasq: ChildProcess;
const log: string[] = [];

const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phones-'));
  fillFolder();
  for (const name of [servers, clients]) {
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
  ip('link', 'add', 'bench', 'netns', servers, 'type', 'veth', 'peer', 'name', 'phones', 'netns', clients);
  ip('-n', servers, 'addr', 'add', '10.77.0.1/24', 'dev', 'bench');
  ip('-n', servers, 'link', 'set', 'bench', 'up');
  ip('-n', clients, 'link', 'set', 'phones', 'up');
  const options = [
    '--no-daemon --conf-file=/dev/null --port=0 --user=root --no-ping --dhcp-authoritative --log-dhcp --interface=bench --bind-interfaces',
    '--dhcp-range=10.77.0.10,10.77.0.200,255.255.255.0,2m --dhcp-option-force=66,tftp://10.77.0.1 --dhcp-option-force=150,10.77.0.1',
    `--enable-tftp --tftp-root=${folder} --dhcp-leasefile=${join(folder, 'leases')}`,
  ];
  dnsmasq = spawn('ip', ['netns', 'exec', servers, 'dnsmasq', ...options.join(' ').split(' ')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface({ input: dnsmasq.stderr! });
  await new Promise<void>((serves) => {
    lines.on('line', (line) => {
      log.push(line);
      if (line.includes('TFTP root is')) serves();
    });
  });
});

afterAll(async () => {
  const gone = once(dnsmasq, 'exit');
  dnsmasq.kill();
  await gone;
  for (const name of [servers, clients]) ip('netns', 'del', name);
  rmSync(folder, { recursive: true });
});

function fillFolder(): void {
  const write = (file: string, lines: string): void => writeFileSync(join(folder, file), `<flat-profile>${lines}</flat-profile>`);
  mkdirSync(join(folder, 'device'));
  mkdirSync(join(folder, 'handoff'));
  for (const model of models) {
    write(`${model}-3PCC.xml`, '<Profile_Rule_B>tftp://10.77.0.1/device/$MA.xml</Profile_Rule_B><Resync_Periodic>30</Resync_Periodic>');
  }
  for (const mac of macs) {
    write(`device/${mac}.xml`, `<GPP_P>marker-${mac}</GPP_P><Profile_Rule_C>/handoff/$MA.xml</Profile_Rule_C>`);
    const empty = ['Profile_Rule_B', 'Profile_Rule_C', 'GPP_P'].map((tag) => `<${tag} ua="na"/>`).join('');
    write(`handoff/${mac}.xml`, `${empty}<Profile_Rule>https://prov.acme.example/$MA.xml</Profile_Rule>`);
  }
  writeFileSync(join(folder, 'phones.csv'), `MAC;Model\n${macs.map((mac, i) => `${mac};CP-${models[i]}-3PCC`).join('\n')}\n`);
}

describe('phones on an interface', () => {
  it('lease, fetch, renew and end, and leave no address behind', async () => {
    const args = `netns exec ${clients} ${process.execPath} ${program} --interface phones --csv ${folder}/phones.csv --speed 40 --seed 5 --json`;
    const phones = spawn('ip', args.split(' '), { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(phones.stderr, 'data'); // it runs, and takes signals
    const records = new Map<string, { mac: string; handedOff: boolean; marker: string; took: string[] }>();
    createInterface({ input: phones.stdout }).on('line', (line) => {
      const record = JSON.parse(line);
      records.set(record.mac, record);
    });
    const renewals = (): number => log.filter((line) => line.includes('DHCPACK')).length;
    await expect
      .poll(
        () => {
          phones.kill('SIGUSR1');
          return [[...records.values()].filter(({ handedOff }) => handedOff).length, renewals() > macs.length];
        },
        { timeout: 60_000, interval: 500 },
      )
      .toEqual([macs.length, true]);
    expect(ip('-n', clients, '-br', '-4', 'addr', 'show', 'dev', 'phones')).toContain('10.77.0.');

    const gone = once(phones, 'exit');
    phones.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
    for (const mac of macs) {
      expect(records.get(mac)).toMatchObject({ marker: `marker-${mac}`, handedOff: true });
      expect(records.get(mac)?.took).toContain(`/device/${mac}.xml`);
    }
    expect(ip('-n', clients, '-br', '-4', 'addr', 'show', 'dev', 'phones')).not.toContain('10.77.0.');
  });
});

describe('the program', () => {
  it('ends when its parent dies', async () => {
    const script = `${process.execPath} ${program} --relay 127.0.0.1:9 --count 2 --json & wait`;
    const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    const output = createInterface({ input: shell.stdout }).on('line', (line) => lines.push(line));
    await once(shell.stderr, 'data'); // it runs
    const ended = once(output, 'close'); // nobody holds the pipe any more
    shell.kill('SIGKILL');
    await ended;
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['phone', 'phone']);
  });

  it('refuses wrong usage with 2 and an interface that is not there with 4', async () => {
    const run = async (...args: string[]): Promise<unknown> =>
      (await once(spawn(process.execPath, [program, ...args], { stdio: 'ignore' }), 'exit'))[0];
    expect(await run('--relay', 'localhost:1')).toBe(2);
    expect(await run('--relay', '127.0.0.1:9', '--csv', join(folder, 'nowhere.csv'))).toBe(2);
    expect(await run('--interface', 'nowhere0')).toBe(4);
  });
});
