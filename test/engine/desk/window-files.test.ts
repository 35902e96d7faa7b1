import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy, findWindowFile } from '../../../engine/desk/window-files.js';

const scratch = mkdtempSync(join(tmpdir(), 'benchtone-files-'));
const folder = join(scratch, 'window');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<style nonce="__CSP_NONCE__"></style><meta name="csp-nonce" content="__CSP_NONCE__">');
writeFileSync(join(folder, 'assets/index-abcd1234.js'), 'run()');
writeFileSync(join(folder, 'assets/notes.txt'), 'of no type we serve');
writeFileSync(join(scratch, 'secret.js'), 'outside');
symlinkSync(join(scratch, 'secret.js'), join(folder, 'assets/link.js'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the window’s files', () => {
  test('the page runs files of ours alone, styles by nonce, and turns no text into markup or script', () => {
    expect(contentSecurityPolicy('N').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-N'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "media-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
    ]);
  });

  test('the nonce of a load is in its page and its policy, and in no other load', async () => {
    const nonces = await Promise.all(
      ['/', '/index.html'].map(async (path) => {
        const page = await findWindowFile(folder, path);
        const nonce = /content="(?<nonce>[\w-]{24})"/.exec(String(page?.body))?.groups?.['nonce'] ?? '';
        expect([page?.headers['content-security-policy'], page?.headers['cache-control']]).toEqual([
          contentSecurityPolicy(nonce),
          'no-store',
        ]);
        expect(String(page?.body)).not.toContain('__CSP_NONCE__');
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  test('names with a hash may be kept for good', async () => {
    expect((await findWindowFile(folder, '/assets/index-abcd1234.js'))?.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });

  test.each(['/assets/notes.txt', '/assets', '/assets/link.js', '/../secret.js', '/..%2fsecret.js', '/%E0%A4%A', '/assets/none.js', ''])(
    '%j is none of them',
    async (path) => {
      expect(await findWindowFile(folder, path)).toBeUndefined();
    },
  );

  test('whatever is asked for, nothing from outside comes', async () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'secret.js', 'assets', 'window', '%00', 'index.html', '//');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const file = await findWindowFile(folder, `/${pieces.join('')}`);
        expect(String(file?.body ?? '')).not.toContain('outside');
      }),
    );
  });
});
