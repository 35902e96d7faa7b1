/** The browser the window is looked at with: the system's Chromium, quiet and without a network of its own. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const chromiumProgram = process.env['CHROMIUM'] ?? programs.find((each) => existsSync(each));

export async function openChromium(more: readonly string[] = []): Promise<Browser> {
  if (chromiumProgram === undefined) throw new Error('Chromium is missing; name it in CHROMIUM');
  return chromium.launch({
    executablePath: chromiumProgram,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
