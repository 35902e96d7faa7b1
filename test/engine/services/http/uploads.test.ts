import { expect, it } from 'vitest';
import { Rig } from './rig.js';
import { RawHttp } from './raw-client.js';

const form = (content: string) =>
  `--xX\r\nContent-Disposition: form-data; name="f"; filename="../../prt.tar.gz"\r\n\r\n${content}\r\n--xX--\r\n`;

it('the file of a form is kept without the form', async () => {
  await using rig = await Rig.start({});
  const content = form('\x1f\x8bpacked');
  const sent = await rig.ask(
    'POST /prt/x',
    { 'Content-Type': 'multipart/form-data; boundary=xX', 'Content-Length': `${content.length}` },
    content,
  );
  expect(sent.status).toBe(200);
  expect(rig.uploads.kept.map(({ body }) => Buffer.from(body).toString('latin1'))).toEqual(['\x1f\x8bpacked']);
  expect(rig.book.facts).toEqual([{ kind: 'report', path: '/prt/x', bytes: 8, file: '1.xml' }]);
});

it('a form without its end, or a broken coding, is refused and nothing of it stays', async () => {
  await using rig = await Rig.start({});
  const content = form('x').slice(0, -8);
  const type = { 'Content-Type': 'multipart/form-data; boundary=xX', 'Content-Length': `${content.length}` };
  expect((await rig.ask('POST /prt/x', type, content)).status).toBe(400);
  expect((await rig.ask('POST /report/x', { 'Transfer-Encoding': 'chunked' }, '5\nhello')).status).toBe(400);
  expect(rig.uploads).toMatchObject({ kept: [], dropped: 2 });
  expect(rig.book.facts).toEqual([]);
});

it('a client that waits for leave to send gets it', async () => {
  await using rig = await Rig.start({});
  await using client = await RawHttp.open(rig.port, false);
  client.send('PUT /report/x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n');
  await client.until('HTTP/1.1 100 Continue\r\n\r\n');
  client.send('hello');
  expect(await client.untilEnd()).toMatch(/\r\n\r\nHTTP\/1\.1 200 OK/);
  expect((await rig.ask('PUT /report/x', { Expect: 'wonders', 'Content-Length': '5' }, 'hello')).status).toBe(417);
});

it('requests behind a report on the same connection are answered, in their order', async () => {
  await using rig = await Rig.start({});
  await using client = await RawHttp.open(rig.port, false);
  client.send('GET /a HTTP/1.1\r\n\r\nPOST /report/x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\n\r\n');
  client.send(
    'POST /report/y HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\nGET /c HTTP/1.1\r\nConnection: close\r\n\r\n',
  );
  const text = await client.untilEnd();
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['404', '200', '404', '200', '404'].map((status) => `HTTP/1.1 ${status}`));
  expect(rig.uploads.kept.map(({ path, body }) => `${path} ${Buffer.from(body).toString()}`)).toEqual([
    '/report/x hello',
    '/report/y hello',
  ]);
});

it.each([
  ['GET /a', { 'Content-Length': '5' }, 'hello', 400],
  ['GET /a', { 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n', 400],
  ['DELETE /a', { 'Content-Length': '5' }, 'hello', 405],
  ['TRACE /a', {}, '', 405],
  ['CONNECT a:80', {}, '', 405],
  ['GET /%00', {}, '', 404],
  [`GET /${'x'.repeat(8192)}`, {}, '', 414],
])('%s with %j is answered and the connection closed', async (request, fields, content, status) => {
  await using rig = await Rig.start({});
  const reply = await rig.ask(request, { ...fields, Connection: 'keep-alive, close' }, `${content}GET /smuggled HTTP/1.1\r\n\r\n`);
  expect(reply.status).toBe(status);
  expect(reply.content).not.toContain('HTTP/1.1');
  expect(rig.book.facts.filter((fact) => 'path' in fact && fact.path === '/smuggled')).toEqual([]);
});
