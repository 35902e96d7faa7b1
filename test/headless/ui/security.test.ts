/** The browser host against pages of others: each way in that is not the window's own is refused, and nothing happens. */
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calls } from '../../../engine/contract/calls.js';
import { UiRig } from './rig.js';

let rig: UiRig;

beforeEach(async () => {
  rig = await UiRig.open();
});

afterEach(() => rig[Symbol.asyncDispose]());

/** The language, which every forged call of these tests tries to change. */
async function language(): Promise<unknown> {
  const answer = await rig.desk.call('settings.read', {});
  return answer.ok ? (answer.value as { language: unknown }).language : 'unreadable';
}

describe('the token', () => {
  it('is exchanged once, for a cookie no script can read and no other site brings along', async () => {
    const first = await rig.say({ path: rig.entrance });
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^benchtone-\d+=\d+\.[\w-]{22}\.[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/,
    );

    const replayed = await rig.say({ path: rig.entrance });
    expect([replayed.status, replayed.headers['set-cookie']]).toEqual([401, undefined]);
    expect(replayed.text).toContain('works once');
    expect(rig.refused).toEqual(['GET token-used']);
  });

  it('is refused when replayed even by who holds the cookie, and the cookie stays good', async () => {
    const { entrance } = rig;
    await rig.signIn();
    expect((await rig.say({ path: entrance })).status).toBe(401);
    expect((await rig.say()).status).toBe(200);
  });

  it.each(['', 'x', 'x'.repeat(43), '%00', '%ff'])('is not %j', async (token) => {
    expect((await rig.say({ path: `/?token=${token}` })).status).toBe(401);
  });

  it('lets nobody in without it: the page says what to do, calls and events say nothing', async () => {
    const page = await rig.say();
    expect([page.status, page.text.includes('?token='), page.text.includes('window')]).toEqual([401, true, false]);
    const [call, events] = [await rig.call('app.info', {}), await rig.say({ path: '/api/events' })];
    expect([call.status, events.status]).toEqual([401, 401]);
    expect(JSON.parse(call.text)).toEqual({ ok: false, error: { code: 'call.refused', params: { because: 'cookie' } } });
  });
});

describe('a cookie', () => {
  it('of another port, another installation, or tampered with is none', async () => {
    await rig.signIn();
    const good = rig.cookie;
    const [name = '', value = ''] = good.split('=');
    const [, nonce, signature] = value.split('.');
    const tampered = [
      `${name}=`,
      `${name}=${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`,
      `${name}=99999999999999.${nonce}.${signature}`,
      `${name}=${value}.more`,
      `benchtone-1=${value}`,
    ];
    for (const cookie of tampered) {
      rig.cookie = cookie;
      expect({ cookie, status: (await rig.call('app.info', {})).status }).toEqual({ cookie, status: 401 });
    }
    rig.cookie = `other=1; ${good}; more=2`;
    expect((await rig.call('app.info', {})).status).toBe(200);
  });

  it('outlives a restart on the same port, so that a page reconnects', async () => {
    await rig.signIn();
    await rig.start(rig.server.port);
    expect((await rig.call('app.info', {})).status).toBe(200);
  });
});

describe('a page of another origin', () => {
  beforeEach(() => rig.signIn());

  it('gets no leave from a CORS preflight', async () => {
    const preflight = await rig.say({
      method: 'OPTIONS',
      path: '/api/call',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-benchtone',
      },
    });
    expect(preflight.status).toBe(403);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'http://localhost:1', 'null', 'http://127.0.0.1', 'file://'])(
    'from %s changes nothing, whatever it posts',
    async (origin) => {
      const forged = await rig.call('settings.write', { language: 'ja' }, { origin });
      expect([forged.status, await language()]).toEqual([403, null]);
    },
  );

  it('changes nothing by a simple POST: a form, text, or no word about where it comes from', async () => {
    const body = JSON.stringify({ name: 'settings.write', input: { language: 'ja' } });
    const post = (headers: Readonly<Record<string, string>>) => rig.say({ method: 'POST', path: '/api/call', headers, body });
    const statuses = [
      (await post({ origin: rig.origin, 'content-type': 'text/plain', 'x-benchtone': '1' })).status,
      (await post({ origin: rig.origin, 'content-type': 'application/x-www-form-urlencoded' })).status,
      (await post({ origin: rig.origin, 'content-type': 'application/json' })).status,
      (await post({ origin: rig.origin, 'content-type': 'application/json', 'x-benchtone': '0' })).status,
      (await post({ 'content-type': 'application/json', 'x-benchtone': '1' })).status,
    ];
    expect([statuses, await language()]).toEqual([[415, 415, 403, 403, 403], null]);
  });

  it('on another port of this machine, the same site to a browser, hears and reads nothing', async () => {
    for (const path of ['/api/events', '/assets/index-abcd1234.js', '/']) {
      const headers = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
      expect({ path, status: (await rig.say({ path, headers })).status }).toEqual({ path, status: 403 });
    }
  });

  it('may not frame the window', async () => {
    const { headers } = await rig.say();
    expect([headers['x-frame-options'], headers['content-security-policy']]).toEqual([
      'DENY',
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
  });
});

describe('a call that no window of ours makes', () => {
  beforeEach(() => rig.signIn());

  it.each(Object.keys(calls))('%s with malformed input is refused, told, and changes nothing', async (name) => {
    for (const input of ['text', 7, null, [], { unexpected: true }]) {
      const said = await rig.call(name, input);
      expect([input, JSON.parse(said.text)]).toEqual([
        input,
        { ok: false, error: { code: 'call.invalid', params: { name, path: expect.any(String) as string } } },
      ]);
    }
    expect([rig.refused, await language()]).toEqual([Array.from({ length: 5 }, () => `POST call.invalid ${name}`), null]);
  });

  it('of a name that is none is refused and told', async () => {
    for (const name of ['files.read', '__proto__', 'constructor', 'x'.repeat(1000)])
      expect(JSON.parse((await rig.call(name, {})).text)).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(rig.refused.map((each) => each.slice(0, 17))).toEqual(Array.from({ length: 4 }, () => 'POST call.unknown'));
  });
});

describe('the host', () => {
  beforeEach(() => rig.signIn());

  it.each(['evil.example', '127.0.0.1', 'localhost', '127.0.0.2', '[::1]', '0.0.0.0', '127.0.0.1.evil.example'])(
    'is not %s (DNS rebinding)',
    async (name) => {
      const { port } = rig.server;
      for (const host of [`${name}:${port}`, name, `${name}:1`]) {
        const ours = host === `127.0.0.1:${port}` || host === `localhost:${port}`;
        const said = await rig.call('settings.write', { language: 'ja' }, { host, origin: `http://${host}` });
        if (ours) continue;
        expect({ host, status: said.status }).toEqual({ host, status: 403 });
        expect((await rig.say({ headers: { host } })).status).toBe(403);
      }
    },
  );

  it('is localhost, too', async () => {
    const host = `localhost:${rig.server.port}`;
    expect((await rig.call('app.info', {}, { host, origin: `http://${host}` })).status).toBe(200);
  });

  it('listens on no other address of this machine', async () => {
    const other = createServer();
    await new Promise<void>((resolve, reject) => {
      other.on('error', reject);
      other.listen(rig.server.port, '127.0.0.2', resolve); // would be taken, were it all of them
    });
    await new Promise((resolve) => other.close(resolve));
  });
});
