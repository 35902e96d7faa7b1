import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, decodeReply, encodeRequest, type Message } from '../../simulator/dhcp-packet.js';
import { readResponse } from '../../simulator/http-response.js';
import { frame, readSyslogServer } from '../../simulator/syslog.js';

const discover: Message = {
  xid: 0xdeadbeef,
  secs: 4,
  broadcast: true,
  clientAddress: '0.0.0.0',
  yourAddress: '0.0.0.0',
  relayAddress: '127.0.0.1',
  mac: 'f8a5c5000001',
  options: new Map<number, Uint8Array>([
    [82, Buffer.of(19, 0)],
    [53, Buffer.of(1)],
    [60, Buffer.from('CP-8841-3PCC\0')],
  ]),
};

describe('a DHCP message', () => {
  it('goes out as RFC 2131 draws it, the relay option last', () => {
    const bytes = Buffer.from(encodeRequest(discover));
    expect(bytes.toString('hex', 0, 34)).toBe(['01010601deadbeef00048000', '00000000'.repeat(3), '7f000001', 'f8a5c5000001'].join(''));
    expect(bytes.toString('hex', 236, 262)).toBe(['63825363', '350101', '3c0d43502d383834312d3350434300', '52021300'].join(''));
    expect(bytes).toHaveLength(300);
  });

  /** An answer, as a server would make it of the request. */
  const reply = (extra: Buffer): Buffer => {
    const bytes = Buffer.concat([Buffer.from(encodeRequest(discover)).subarray(0, 240), extra, Buffer.of(255)]);
    bytes[0] = 2;
    bytes.set(addressBytes('127.77.0.9'), 16);
    return bytes;
  };

  it('comes in with long options joined and overloaded ones found', () => {
    const bytes = reply(Buffer.of(0, 66, 1, 97, 66, 1, 98, 52, 1, 1));
    bytes.set([160, 1, 99, 255], 108);
    const message = decodeReply(bytes);
    expect(message).toMatchObject({ xid: 0xdeadbeef, mac: 'f8a5c5000001', yourAddress: '127.77.0.9' });
    expect(Buffer.from(message?.options.get(66) ?? []).toString()).toBe('ab');
    expect(Buffer.from(message?.options.get(160) ?? []).toString()).toBe('c');
  });

  it('cut short or of chance bytes never throws', () => {
    const whole = reply(Buffer.of(53, 1, 5, 54, 4, 127, 0, 0, 1));
    for (let length = 0; length < whole.length; length++) decodeReply(whole.subarray(0, length));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeReply(reply(Buffer.from(bytes)))),
      { numRuns: 10_000 },
    );
  });
});

describe('an HTTP response', () => {
  const read = (text: string, ended = false): unknown => {
    const result = readResponse(Buffer.from(text), ended);
    return result.state === 'complete'
      ? [result.response.status, Buffer.from(result.response.body).toString(), result.response.persistent]
      : result.state;
  };

  it.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc', false, [200, 'abc', true]],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc', false, [200, 'abc', false]],
    ['HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc', false, [200, 'abc', false]],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', false, 'more'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', true, 'malformed'],
    ['HTTP/1.0 200 OK\r\n\r\nab', false, 'more'],
    ['HTTP/1.0 200 OK\r\n\r\nab', true, [200, 'ab', false]],
    ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', false, [404, '', true]],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n', false, [200, 'abc', true]],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n', false, 'more'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', false, 'malformed'],
    ['SIP/2.0 200 OK\r\n\r\n', false, 'malformed'],
    ['', true, 'malformed'],
  ] as const)('%j (ended: %s)', (text, ended, expected) => {
    expect(read(text, ended)).toEqual(expected);
  });

  it('of chance bytes never throws', () => {
    const bytes = fc.string({
      unit: fc.constantFrom('HTTP/1.1 200\r\n', '\r\n', 'Content-Length: ', 'Transfer-Encoding: chunked', '9', 'f', ':'),
    });
    fc.assert(
      fc.property(bytes, fc.boolean(), (text, ended) => void readResponse(Buffer.from(text), ended)),
      { numRuns: 10_000 },
    );
  });
});

describe('a syslog datagram', () => {
  const at = new Date(2026, 10, 2, 9, 5, 7);
  it.each([
    ['rfc3164', '', '<134>Nov  2 09:05:07 hello'],
    ['rfc3164', 'f8a5c5000001', '<134>Nov  2 09:05:07 f8a5c5000001 hello'],
    ['pri', '', '<134>hello'],
    ['bare', '', 'hello'],
  ] as const)('%s %s', (style, identifier, expected) => {
    expect(frame('hello', style, identifier, at).toString()).toBe(expected);
  });

  it.each([
    ['10.0.0.1', { host: '10.0.0.1', port: 514 }],
    [' 10.0.0.1:5514 ', { host: '10.0.0.1', port: 5514 }],
    ['log.acme.example', undefined],
    ['', undefined],
    ['10.0.0.1:0', undefined],
  ])('to %j', (text, server) => {
    expect(readSyslogServer(text)).toEqual(server);
  });
});
