import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMac } from '../../../engine/contract/mac.js';
import { neighbourhood, parseArpOfMac, parseArpOfWindows } from '../../../engine/network/arp.js';

it('a neighbour is looked for once in a moment, one that is not known each time', () => {
  const mac = parseMac('00:56:2b:04:36:15')!;
  let [now, looks] = [0, 0];
  const table = new Map([['10.0.0.1', mac]]);
  const neighbour = neighbourhood(
    'eth1',
    () => ((looks += 1), new Map(table)),
    () => now,
    0,
  );
  for (let i = 0; i < 10; i += 1) expect(neighbour('10.0.0.1')).toBe(mac);
  expect(looks).toBe(1);
  expect(neighbour('10.0.0.2')).toBeUndefined();
  table.set('10.0.0.2', mac);
  expect(neighbour('10.0.0.2')).toBe(mac);
  table.delete('10.0.0.1');
  now = 200;
  expect(neighbour('10.0.0.1')).toBeUndefined();
});

it('where a program has to be asked, it is asked twice a second at most, whoever comes', () => {
  const mac = parseMac('00:56:2b:04:36:15')!;
  let [now, looks] = [0, 0];
  const neighbour = neighbourhood(
    'en5',
    () => ((looks += 1), new Map([['10.0.0.1', mac]])),
    () => now,
    500,
  );
  for (let i = 0; i < 100; i += 1) neighbour(`10.0.1.${i}`);
  expect([looks, neighbour('10.0.0.1')]).toEqual([1, mac]);
  now = 500;
  neighbour('10.0.1.1');
  expect(looks).toBe(2);
});

const ofMac = `? (192.168.1.1) at 4c:ed:fb:0:1:2 on en0 ifscope [ethernet]
? (192.168.77.20) at 0:56:2b:4:36:15 on en5 ifscope [ethernet]
? (192.168.77.21) at (incomplete) on en5 ifscope [ethernet]
? (192.168.77.255) at ff:ff:ff:ff:ff:ff on en5 ifscope [ethernet]
? (224.0.0.251) at 1:0:5e:0:0:fb on en5 ifscope permanent [ethernet]
`;
const ofWindows = `
\u30a4\u30f3\u30bf\u30fc\u30d5\u30a7\u30a4\u30b9: 192.168.77.1 --- 0xb
  \u30a4\u30f3\u30bf\u30fc\u30cd\u30c3\u30c8 \u30a2\u30c9\u30ec\u30b9 \u7269\u7406\u30a2\u30c9\u30ec\u30b9           \u7a2e\u985e
  192.168.77.20         00-56-2b-04-36-15     \u52d5\u7684
  192.168.77.255        ff-ff-ff-ff-ff-ff     \u9759\u7684
  224.0.0.22            01-00-5e-00-00-16     \u9759\u7684
`.replaceAll('\n', '\r\n');

it('the tables of a Mac and of Windows are read, in whichever language', () => {
  expect([...parseArpOfMac(ofMac)]).toEqual([
    ['192.168.1.1', '4cedfb000102'],
    ['192.168.77.20', '00562b043615'],
  ]);
  expect([...parseArpOfMac(ofMac, 'en5')]).toEqual([['192.168.77.20', '00562b043615']]);
  expect([...parseArpOfWindows(ofWindows)]).toEqual([['192.168.77.20', '00562b043615']]);
  fc.assert(fc.property(fc.string(), (text) => void [parseArpOfMac(text), parseArpOfWindows(text)]));
});
