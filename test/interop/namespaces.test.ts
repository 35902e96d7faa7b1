import { describe, expect, it } from 'vitest';
import { lab, run } from './namespaces.js';

const speak = `const s = require('dgram').createSocket('udp4'); s.send(process.argv[1], 9, process.argv[2], () => s.close())`;
const listen = `const s = require('dgram').createSocket('udp4'); s.on('message', (m, from) => console.log('heard', String(m), 'from', from.address));
s.bind(9, () => console.log('listening'))`;

describe('the laboratory', () => {
  it('joins namespaces by a cable or a switch, sees their packets, and leaves nothing behind', async () => {
    let names: string[];
    {
      await using net = await lab();
      const [one, two, three] = await Promise.all(['one', 'two', 'three'].map((label) => net.namespace(label)));
      names = [one!.name, two!.name, three!.name];
      await net.segment({ in: one!, as: 'eth1', address: '10.77.0.1/24' }, { in: two!, as: 'eth1', address: '10.77.0.2/24' });
      await net.segment(
        { in: one!, as: 'eth2', address: '10.78.0.1/24' },
        { in: two!, as: 'eth2', address: '10.78.0.2/24' },
        { in: three!, as: 'eth2', address: '10.78.0.3/24' },
      );
      const capture = await two!.capture('eth1', 'udp');
      const say = (text: string, to: string) => one!.exec(process.execPath, ['-e', speak, text, to]);
      const heard = three!.spawn(process.execPath, ['-e', listen]);
      await heard.line(/listening/);
      expect((await say('over the switch', '10.78.0.3')).status).toBe(0);
      expect(await heard.line(/heard/)).toBe('heard over the switch from 10.78.0.1');
      expect((await say('over the cable', '10.77.0.2')).status).toBe(0);
      await capture.line(/10\.77\.0\.2\.9: UDP/);
      expect(await capture.stop()).toHaveLength(1);
      three!.spawn('sleep', ['1000']);
    }
    const left = (await run('ip', ['netns', 'list'])).stdout;
    for (const name of names) expect(left).not.toContain(name);
  });
});
