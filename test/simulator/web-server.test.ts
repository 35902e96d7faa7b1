import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { doorOf } from '../../simulator/web-auth.js';
import { WebServer } from '../../simulator/web-server.js';

const address = '127.77.3.4';
let server: WebServer | undefined;
afterEach(() => server?.close());

type Rights = { password?: string; admits?: boolean; takesActions?: boolean };

async function open(kind: 'basic' | 'digest', { password, admits = true, takesActions = true }: Rights = {}) {
  const resyncs: (string | undefined)[] = [];
  let called = (): void => undefined;
  const acted = new Promise<void>((resolve) => (called = resolve));
  const pages = {
    configuration: () => '<flat-profile/>',
    status: () => '<flat-status/>',
    password: () => password,
    admits: () => admits,
    takesActions: () => takesActions,
    resync: (url: string | undefined) => {
      resyncs.push(url);
      called();
    },
    reboot: () => undefined,
  };
  server = new WebServer(pages, doorOf(kind));
  expect(await server.listen(address, 0)).toEqual({ ok: true });
  return { resyncs, acted };
}

/** The path goes out as it stands: `fetch` would encode it. */
function get(path: string, authorization?: string): Promise<{ status: number; body: string; challenge: string }> {
  return new Promise((resolve, reject) => {
    const headers = authorization === undefined ? {} : { authorization };
    const request = httpRequest({ host: address, port: server!.port, path, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, challenge: response.headers['www-authenticate'] ?? '' }));
    });
    request.on('error', reject).end();
  });
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** RFC 7616 section 3.4. */
function digest(challenge: string, path: string, password: string): string {
  const { nonce = '', realm = '' } = Object.fromEntries([...challenge.matchAll(/(\w+)="(.*?)"/g)].map(([, name, value]) => [name, value]));
  const response = md5(`${md5(`admin:${realm}:${password}`)}:${nonce}:00000001:cafe:auth:${md5(`GET:${path}`)}`);
  return `Digest username="admin", realm="${realm}", nonce="${nonce}", uri="${path}", algorithm=MD5, qop=auth, nc=00000001, cnonce="cafe", response="${response}"`;
}

describe('the web server of a phone', () => {
  it('shows its configuration to anyone while no password is set', async () => {
    await open('basic');
    expect(await get('/admin/cfg.xml')).toMatchObject({ status: 200, body: '<flat-profile/>' });
    expect(await get('/admin/status.xml')).toMatchObject({ status: 200, body: '<flat-status/>' });
    expect(await get('/')).toMatchObject({ status: 404 });
  });

  it('asks for Basic', async () => {
    await open('basic', { password: 'pässwort' });
    const basic = (password: string): string => `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
    expect(await get('/admin/cfg.xml')).toMatchObject({ status: 401, challenge: 'Basic realm="Cisco MPP"' });
    expect(await get('/admin/cfg.xml', basic('wrong'))).toMatchObject({ status: 401 });
    expect(await get('/admin/cfg.xml', basic('pässwort'))).toMatchObject({ status: 200 });
  });

  it('asks for Digest, and takes no nonce but its own', async () => {
    await open('digest', { password: 'geheim' });
    const path = '/admin/resync?http://127.0.0.1:8080/handoff/x.xml';
    const { status, challenge } = await get(path);
    expect(status).toBe(401);
    expect(await get(path, digest(challenge, path, 'wrong'))).toMatchObject({ status: 401 });
    expect(await get(path, digest(challenge, '/admin/cfg.xml', 'geheim'))).toMatchObject({ status: 401 });
    expect(await get(path, digest(challenge.replace(/nonce="../, 'nonce="zz'), path, 'geheim'))).toMatchObject({ status: 401 });
    expect(await get(path, digest(challenge, path, 'geheim'))).toMatchObject({ status: 200 });
  });

  it.each([
    ['/admin/resync?http://10.0.0.1:80/handoff/a.xml?x=1&y', 'http://10.0.0.1:80/handoff/a.xml?x=1&y'],
    ['/admin/resync?http%3A%2F%2F10.0.0.1%2Fa.xml', 'http://10.0.0.1/a.xml'],
    ['/admin/resync?%', '%'],
    ['/admin/resync', undefined],
    ['/admin/resync?', undefined],
  ])('%s', async (path, url) => {
    const { resyncs, acted } = await open('basic');
    expect(await get(path)).toMatchObject({ status: 200 });
    await acted;
    expect(resyncs).toEqual([url]);
  });

  it('obeys Enable_Web_Admin_Access and Enable_Direct_Action_Url', async () => {
    const { resyncs } = await open('basic', { takesActions: false });
    expect(await get('/admin/resync?http://10.0.0.1/a')).toMatchObject({ status: 403 });
    expect(await get('/admin/cfg.xml')).toMatchObject({ status: 200 });
    server?.close();
    await open('basic', { admits: false });
    expect(await get('/admin/cfg.xml')).toMatchObject({ status: 403 });
    expect(resyncs).toEqual([]);
  });

  it('says why it cannot listen', async () => {
    await open('basic');
    const second = new WebServer({ ...({} as ConstructorParameters<typeof WebServer>[0]) }, doorOf('basic'));
    expect(await second.listen(address, server!.port!)).toEqual({ ok: false, code: 'EADDRINUSE' });
  });
});
