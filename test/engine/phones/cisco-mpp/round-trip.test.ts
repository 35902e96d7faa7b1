import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { reveal } from '../../../../engine/contract/secret.js';
import { readConfiguration } from '../../../../engine/phones/cisco-mpp/configuration.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import type { Compiled } from '../../../../engine/phones/pack.js';
import type { Row } from '../../../../engine/profiles/job.js';
import { readRecipe } from '../../../../engine/profiles/recipe.js';
import { isXmlText } from '../../../../engine/profiles/xml.js';

const pack = packNamed('cisco-mpp')!;
const bench = { address: '10.0.0.1', ports: { tftp: 69, http: 8080, syslog: 514 } };
const key = Buffer.alloc(32, 9);

const text = `benchtone: 1
name: Acme
phones: cisco-mpp
bootstrap: { Web_Server_Port: "10080" }
parameters:
  Admin_Password: "{{pw}}"
  Display_Name_1_: "{{name}}"
  Password_1_: "{{pw}}"
  Enable_CDP: no
  Resync_Periodic: "7200"
  Syslog_Server: log.acme.example
  Enable_VLAN: No
  VLAN_ID: "100"
handOff:
  Profile_Rule: https://prov.acme.example/$MA.xml
  GPP_A: kept
`;
const recipe = readRecipe(text).recipe!;
const row: Row = {
  row: 1,
  line: 2,
  mac: '00562b043615' as Mac,
  model: '8851',
  values: { mac: '', model: '8851', name: 'Jane & <Joe>', pw: 'Sesame-Open-1' },
};
const compiled = pack.compile(recipe, row).compiled!;

/** A phone as far as parameters go: takes files by its own means, shows what it holds, its passwords not. */
class Phone {
  readonly held = new Map<string, string>([
    ['Profile_Rule', '/$PSN.xml'],
    ['Resync_Periodic', '3600'],
    ['Peer_Firmware_Sharing', 'Yes'],
    ['Web_Server_Port', '80'],
    ['Enable_VLAN', 'No'],
    ['VLAN_ID', '1'],
  ]);

  take({ bytes }: { bytes: Uint8Array }): this {
    const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
    for (const [, tag, body = ''] of Buffer.from(bytes)
      .toString()
      .matchAll(/<(\w[\w.-]*) ua="\w+"(?:\/>|>([^<]*)<)/g)) {
      const value = body.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, point?: string, name?: string) =>
        point === undefined ? entities[name!]! : String.fromCharCode(Number(point)),
      );
      this.held.set(tag!, value.replaceAll(/\r\n|\r|\n/g, ' ').trim());
    }
    return this;
  }

  show(): string {
    const shown = [...this.held].filter(([tag]) => !/passw/i.test(tag));
    const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `<device>\n<flat-profile>\n<!-- x -->\n${shown.map(([tag, value]) => `<${tag} ua="na" um='y'>${escape(value)}</${tag}>`).join('\n')}\n</flat-profile></device>`;
  }
}

const device = pack.device(compiled, key);
const provisioned = (): Phone => new Phone().take(pack.bootstrap(recipe, bench, 'http', 'device')).take(device);

describe('a phone that takes its files', () => {
  it('is equal after the device file and has nothing of the bench left after the hand-off', () => {
    const phone = provisioned();
    expect(pack.compare(phone.show(), compiled, 'device', device.marker, bench)).toEqual({ marker: 'equal', differing: [], left: [] });
    expect([phone.held.get('Resync_Periodic'), phone.held.get('VLAN_ID'), phone.held.get('Syslog_Server')]).toEqual([
      '30',
      '1',
      '10.0.0.1',
    ]);
    expect(pack.compare(phone.show(), compiled, 'handOff', device.marker, bench)).toMatchObject({
      marker: 'equal',
      differing: ['Web_Server_Port', 'VLAN_ID', 'Profile_Rule', 'GPP_A'],
      left: ['Resync_Periodic', 'Peer_Firmware_Sharing', 'Syslog_Server', 'Report_Rule', 'Profile_Rule_B', 'GPP_P'],
    });

    phone.take(pack.handOff(compiled));
    expect(pack.compare(phone.show(), compiled, 'handOff', device.marker, bench)).toEqual({ marker: 'absent', differing: [], left: [] });
    expect(Object.fromEntries(phone.held)).toMatchObject({
      Profile_Rule: 'https://prov.acme.example/$MA.xml',
      Profile_Rule_B: '',
      Resync_Periodic: '7200',
      Syslog_Server: 'log.acme.example',
      Peer_Firmware_Sharing: 'Yes',
      Web_Server_Port: '80',
      VLAN_ID: '100',
      GPP_P: '',
      GPP_A: 'kept',
      Report_Rule: '',
    });
  });

  it('knows how it can be read, before and after', () => {
    expect(compiled).toMatchObject({
      webPort: 10080,
      webPortAfter: 80,
      readableAfter: true,
      leavesBench: true,
      transport: 'http',
      admin: { user: 'admin' },
    });
    expect(compiled.admin.password?.reveal()).toBe('Sesame-Open-1');
    const locked = readRecipe(`${text}  Enable_Web_Server: No\n`).recipe!;
    expect(pack.compile(locked, row).compiled?.readableAfter).toBe(false);
  });

  it('differs by any value that is not as written, and by any that is missing', () => {
    const readable = compiled.device.filter(({ tag }) => !/passw/i.test(tag)).map(({ tag }) => tag);
    fc.assert(
      fc.property(
        fc.constantFrom(...readable),
        fc.option(fc.string({ minLength: 1 }).filter((value) => isXmlText(value) && value.trim() !== '')),
        (tag, value) => {
          const phone = provisioned();
          if (value === null) phone.held.delete(tag);
          else phone.held.set(tag, `${phone.held.get(tag)}${value}`);
          expect(pack.compare(phone.show(), compiled, 'device', device.marker, bench)?.differing).toEqual([tag]);
        },
      ),
      { numRuns: 1000, seed: 31 },
    );
  });

  it('differs by its marker', () => {
    const phone = provisioned();
    phone.held.set('GPP_P', 'a'.repeat(64));
    expect(pack.compare(phone.show(), compiled, 'device', device.marker, bench)?.marker).toBe('differs');
    phone.held.delete('GPP_P');
    expect(pack.compare(phone.show(), compiled, 'device', device.marker, bench)?.marker).toBe('absent');
  });

  it('still names the bench where a hand-off was taken in part', () => {
    const phone = provisioned().take(pack.handOff(compiled));
    phone.held
      .set('Profile_Rule_C', 'tftp://10.0.0.1/x.xml')
      .set('Report_Rule', 'http://10.0.0.1:8080/report/$MA')
      .set('Upgrade_Rule', 'http://110.0.0.1/y.loads');
    expect(pack.compare(phone.show(), compiled, 'handOff', device.marker, bench)?.left).toEqual(['Report_Rule', 'Profile_Rule_C']);
  });
});

describe('a read-back', () => {
  it('is none without a flat-profile', () => {
    for (const body of ['', '<html><body>Log in</body></html>', 'flat-profile', '<flat-profil'])
      expect(pack.compare(body, compiled, 'device', device.marker, bench)).toBeUndefined();
  });

  it('is read however the release writes it', () => {
    const read = readConfiguration(
      `<?xml version="1.0"?><!-- a > b --><device x='1>2'>\n<flat-profile>
<A ua="rw" note="a > b">x &amp;amp; &#x53d7;&#20184; &bogus;</A><B ua=na/><C></C><D>\n two\r\nlines \n</D>
<E>unclosed\n<F>f</F><G group="it's">a < b</G><H><![CDATA[<h>]]></H><A>again</A><proto__proto__>1</proto__proto__>`,
    );
    expect(Object.fromEntries(read!)).toEqual({
      A: 'again',
      B: '',
      C: '',
      D: 'two lines',
      F: 'f',
      G: 'a < b',
      H: '<h>',
      proto__proto__: '1',
    });
  });

  it('is judged in linear time, whatever is sent', () => {
    const hostile = ['<a', '<a>', "<a '>", '<a "', '</', '<!--', '<![CDATA[', '&#', '<a><b></a>'].map(
      (part) => `<flat-profile>${part.repeat(200_000)}`,
    );
    const started = performance.now();
    for (const body of hostile) readConfiguration(body);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('never throws', () => {
    const parts = fc.array(
      fc.constantFrom(
        '<flat-profile>',
        '</flat-profile>',
        '<GPP_P ua="na">',
        '</GPP_P>',
        '<',
        '>',
        '/>',
        '&amp;',
        '&#x110000;',
        '&#0;',
        '<!--',
        '-->',
        '<![CDATA[',
        '"',
        "'",
        'x',
        '\0',
        '<__proto__>',
        '</__proto__>',
      ),
      { maxLength: 16 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((each) => each.join('')),
          fc.string({ unit: 'binary' }),
        ),
        fc.constantFrom('device' as const, 'handOff' as const),
        (body, stage) => {
          const comparison = pack.compare(body, compiled, stage, device.marker, bench);
          if (comparison !== undefined) expect(body).toContain('<flat-profile');
        },
      ),
      { numRuns: 10_000, seed: 32 },
    );
  });
});

describe('the files', () => {
  const files = (each: Compiled): Uint8Array[] => [
    pack.bootstrap(recipe, bench, 'tftp', 'handOff').bytes,
    pack.device(each, key).bytes,
    pack.handOff(each).bytes,
    pack.empty().bytes,
  ];

  it('change with the key and the values, and are the same for the same', () => {
    expect(pack.device(compiled, key)).toEqual(device);
    expect(pack.device(compiled, Buffer.alloc(32, 8)).marker).not.toBe(device.marker);
    const other = pack.compile(recipe, { ...row, values: { ...row.values, name: 'Jo' } }).compiled!;
    expect(pack.device(other, key).marker).not.toBe(device.marker);
    expect(Buffer.from(pack.empty().bytes).toString()).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<flat-profile/>\n');
    expect(pack.bootstrap(recipe, bench, 'http', 'nothing')).toEqual(pack.empty());
    expect(Buffer.from(pack.bootstrap(recipe, bench, 'tftp', 'handOff').bytes).toString()).toContain('>tftp://10.0.0.1/handoff/$MA.xml<');
  });

  it('hold passwords nowhere but in the device file', () => {
    const [bootstrap, , handOff] = files(compiled);
    for (const bytes of [bootstrap, handOff]) expect(Buffer.from(bytes!).toString()).not.toContain('Sesame');
    expect(JSON.stringify(compiled)).not.toContain('Sesame');
    expect(compiled.device.filter(({ tag }) => /passw/i.test(tag)).map(({ value }) => reveal(value))).toEqual(
      Array(3).fill('Sesame-Open-1'),
    );
  });

  it('satisfy xmllint, whatever the row holds', ({ skip }) => {
    skip(spawnSync('xmllint', ['--version']).status !== 0, 'xmllint is not here');
    const names = fc.sample(
      fc.string({ unit: 'binary', minLength: 1 }).filter((name) => isXmlText(name) && name.trim() !== ''),
      { numRuns: 25, seed: 33 },
    );
    for (const name of names) {
      const made = pack.compile(recipe, { ...row, values: { ...row.values, name } }).compiled!;
      for (const input of files(made)) expect(spawnSync('xmllint', ['--noout', '-'], { input }).stderr.toString()).toBe('');
    }
  });
});

describe('the way to the bench', () => {
  it('is told in every option a phone may look at', () => {
    expect(pack.options(bench, 'tftp')).toEqual([
      { code: 66, text: 'tftp://10.0.0.1' },
      { code: 160, text: 'tftp://10.0.0.1' },
      { code: 150, addresses: ['10.0.0.1'] },
      { code: 42, addresses: ['10.0.0.1'] },
      { code: 7, addresses: ['10.0.0.1'] },
    ]);
    expect(pack.options(bench, 'http')[0]).toEqual({ code: 66, text: 'http://10.0.0.1:8080' });
    expect(pack.resyncPath(bench, { ...compiled, transport: 'http' }, row.mac!, 'handOff')).toBe(
      '/admin/resync?http://10.0.0.1:8080/handoff/00562b043615.xml',
    );
  });
});
