/**
 * The app packed by electron-builder without Electron's binary: in its place stands a folder with what electron-builder looks for, and a
 * program that is nothing but the fuses' sentinel (`@electron/fuses`: sentinel, version 1, number of fuses, one digit each).
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extractAll } from '@electron/asar';
import { getCurrentFuseWire } from '@electron/fuses';

export const root = resolve(import.meta.dirname, '../..');
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const locales = ['de', 'en-GB', 'en-US', 'fr', 'ja', 'zh-CN'];

export type Platform = 'linux' | 'win';

export interface Packed extends Disposable {
  /** The unpacked app, as it would be installed. */
  readonly folder: string;
  /** The archive taken apart again. */
  readonly extracted: string;
  /** Every file in the archive, `/` before each. */
  readonly archived: readonly string[];
  /** Every file beside the archive, with `/`. */
  readonly beside: readonly string[];
  readonly fuses: Awaited<ReturnType<typeof getCurrentFuseWire>>;
}

/** Packs what is in out/ for a platform. */
export async function pack(platform: Platform): Promise<Packed> {
  const scratch = mkdtempSync(join(tmpdir(), `benchtone-package-${platform}-`));
  const dist = fakeDistribution(join(scratch, 'electron'), platform);
  const output = join(scratch, 'release');
  const unsigned = platform === 'win' ? ['-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true'] : [];
  const options = [`--${platform}`, 'dir', '--x64', '--publish', 'never', '--config', join(root, 'electron-builder.yml')];
  const where = [`-c.electronDist=${dist}`, `-c.directories.output=${output}`];
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  await promisify(execFile)(process.execPath, [builder, ...options, ...where, ...unsigned], { cwd: root, maxBuffer: 1 << 26 });
  const folder = join(output, `${platform}-unpacked`);
  const extracted = join(scratch, 'extracted');
  extractAll(join(folder, 'resources/app.asar'), extracted);
  return {
    folder,
    extracted,
    archived: filesIn(extracted),
    beside: filesIn(folder),
    fuses: await getCurrentFuseWire(join(folder, platform === 'win' ? 'Benchtone.exe' : 'benchtone')),
    [Symbol.dispose]: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

function fakeDistribution(folder: string, platform: Platform): string {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  for (const locale of locales) writeFileSync(join(folder, 'locales', `${locale}.pak`), 'pak');
  writeFileSync(join(folder, 'version'), '45.4.1');
  const fuses = Buffer.concat([Buffer.from(`#!/bin/sh\n${sentinel}`), Buffer.from([1, 9]), Buffer.from('0'.repeat(9))]);
  writeFileSync(join(folder, platform === 'win' ? 'electron.exe' : 'electron'), fuses, { mode: 0o755 });
  if (platform === 'linux') writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 });
  return folder;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
}
