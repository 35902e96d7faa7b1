/** Who makes profiles in the figures: the same 10,000 rows and a profile of about 6 KB, written to memory (tmpfs), for a disk hides everything. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Contestant } from '../figure.js';
import type { PerfLab } from '../lab.js';

const root = resolve(import.meta.dirname, '../../..');
const memory = '/dev/shm';
const rowCount = 10_000;
/** The script starts a program for each file: a few hundred are enough to know how long that takes. */
const scriptCount = 200;
const plainBytes = 6000;

const fields = ['ext', 'name', 'password', 'proxy', 'tz', 'lang', 'vlan', 'ntp'];
const keyFields = Array.from({ length: 8 }, (_, index) => `key${index + 1}`);
/** What of a profile comes from its row: every column once, and eight keys of three columns each, 42 places in all. */
const filled = [
  ...['mac', 'model', ...fields, ...keyFields].map((field) => [`P_${field}`, `{{${field}}}`] as const),
  ...keyFields.map((field, k) => [`Fkey_${k + 1}`, `{{name}};{{ext}};{{${field}}}`] as const),
];
/** And what is the same in all of them. */
const still = Array.from(
  { length: 60 },
  (_, k) => [`Setting_${String(k + 1).padStart(3, '0')}_Static_Option`, `value-${((k + 1) * 7919) % 10_007}`] as const,
);
const written = [...filled, ...still];

type Order = { readonly list: string; readonly recipe: string; readonly template: string; readonly folder: string };
export type Ours = { readonly perSecond: number; readonly blockedMs: number };

/** A list, a recipe and the same profile as a template, in a folder of their own. */
export function profileOrder(lab: PerfLab, delivery: string): Order {
  const folder = join(memory, `benchtone-perf-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const order = {
    list: join(lab.folder, 'rows.csv'),
    recipe: join(lab.folder, 'rows.yaml'),
    template: join(lab.folder, 'rows.xml'),
    folder,
  };
  const recipe = [
    'benchtone: 1',
    'name: perf',
    'phones: cisco-mpp',
    `delivery: ${delivery}`,
    `unchecked: [${written.map(([tag]) => tag).join(', ')}]`,
    'parameters:',
  ];
  writeFileSync(order.recipe, [...recipe, ...written.map(([tag, value]) => `  ${tag}: "${value}"`), ''].join('\n'));
  const lines = written.map(([tag, value]) => `  <${tag} ua="na">${value}</${tag}>`);
  writeFileSync(order.template, ['<?xml version="1.0" encoding="UTF-8"?>', '<flat-profile>', ...lines, '</flat-profile>', ''].join('\n'));
  const rows = Array.from({ length: rowCount }, (_, i) =>
    [
      `c4c603${i.toString(16).padStart(6, '0')}`,
      '8851',
      2000 + i,
      `"User ${i}, ""Desk"" <${i}>"`,
      `${i}abcdEFGH2345x`,
      'sip.example.net',
      'Europe/Berlin',
      'de',
      10 * (1 + (i % 3)),
      '10.77.0.1',
      ...keyFields.map((_each, k) => `blf:${2000 + ((i * 7 + k * 13) % rowCount)}`),
    ].join(','),
  );
  writeFileSync(order.list, [['mac', 'model', ...fields, ...keyFields].join(','), ...rows, ''].join('\n'));
  return order;
}

/** Ours, in two threads that are engaged before the list is read, as `profiles` does; the clock starts when it is read. */
export async function writeOurs(lab: PerfLab, { list, recipe, folder }: Order, watched = false): Promise<Ours> {
  const [node, main] = lab.benchtone;
  const program = join(main, '../profile-writer.js');
  const hooks = join(root, 'test/e2e/typescript.mjs');
  const { stdout } = await emptied(folder, () =>
    lab.runClient(
      [
        node,
        '--import',
        hooks,
        join(root, 'test/perf/programs/write-profiles.ts'),
        list,
        recipe,
        folder,
        program,
        ...(watched ? ['watch'] : []),
      ],
      {
        cpus: 'any',
      },
    ),
  );
  return JSON.parse(stdout) as Ours;
}

/** The usual script. */
export function script(lab: PerfLab, name: string, { list, template, folder }: Order, mode: 'plain' | 'aes'): Contestant {
  const count = mode === 'aes' ? scriptCount : rowCount;
  const program = join(root, 'test/perf/load/script.py');
  const argv = ['/usr/bin/python3', program, list, template, folder, mode, String(count)];
  return { name, run: () => perSecond(lab, folder, argv) };
}

/** What one core can do at all, by a program in C. */
export function zipLimit(lab: PerfLab, { template, folder }: Order): Contestant {
  return { name: 'one-core', run: () => perSecond(lab, folder, [lab.load('ziplimit', ['-lz', '-lcrypto']), template, '5000']) };
}

export function writeLimit(lab: PerfLab, { folder }: Order): Contestant {
  return { name: 'one-core', run: () => perSecond(lab, folder, [lab.load('writelimit'), folder, String(rowCount), String(plainBytes)]) };
}

async function perSecond(lab: PerfLab, folder: string, argv: readonly string[]): Promise<number> {
  const { stdout } = await emptied(folder, () => lab.runClient(argv, { cpus: 'any' }));
  return Number(stdout.trim());
}

async function emptied<T>(folder: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
