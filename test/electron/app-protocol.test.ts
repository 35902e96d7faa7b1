import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answer } from '../../electron/app-protocol.js';
import { contentSecurityPolicy, nothingAllowed } from '../../engine/desk/window-files.js';

const scratch = mkdtempSync(join(tmpdir(), 'benchtone-protocol-'));
const folder = join(scratch, 'renderer');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
writeFileSync(join(folder, 'assets/main.js'), 'run()');
writeFileSync(join(folder, 'assets/notes.txt'), 'not served: of no known type');
writeFileSync(join(scratch, 'secret.js'), 'outside');
mkdirSync(join(scratch, 'renderer-else'));
writeFileSync(join(scratch, 'renderer-else/a.js'), 'beside');
afterAll(() => rmSync(scratch, { recursive: true }));

const get = (url: string, method = 'GET'): Promise<Response> => answer(new Request(url, { method }), folder);

test('the page comes with a policy and a nonce that is new at each load', async () => {
  const [one, other] = [await get('app://bench/'), await get('app://bench/index.html')];
  const nonces = await Promise.all(
    [one, other].map(async (page) => /content="(?<nonce>[^"]{24})"/.exec(await page.text())?.groups?.['nonce']),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(Object.fromEntries(one.headers)).toEqual({
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy(nonces[0] ?? ''),
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

test('files come with their type', async () => {
  const file = await get('app://bench/assets/main.js?v=1');
  expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([200, 'text/javascript; charset=utf-8', 'run()']);
});

test.each([
  'app://bench/assets/none.js',
  'app://bench/assets/notes.txt',
  'app://bench/assets',
  'app://bench/../secret.js',
  'app://bench/%2e%2e/secret.js',
  'app://bench/..%2fsecret.js',
  'app://bench/assets/..%2f..%2fsecret.js',
  'app://bench/..%2frenderer-else/a.js',
  'app://bench/..%5csecret.js',
  'app://bench/assets/main.js%00.png',
  'app://bench/%E0%A4%A',
  'app://bench//etc/passwd.js',
  'app://elsewhere/index.html',
])('%s is not there', async (url) => {
  const { status, headers } = await get(url);
  expect([status, headers.get('content-security-policy')]).toEqual([404, nothingAllowed]);
});

test.each(['POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  expect((await get('app://bench/', method)).status).toBe(405);
});
