/** One row of every model, as the phone is sent it: what changes in these files changes what phones are told. `vitest -u` writes them anew. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { reveal } from '../../../../engine/contract/secret.js';
import type { Compiled, Parameter } from '../../../../engine/phones/pack.js';
import { packNamed } from '../../../../engine/phones/packs.js';
import { readJob } from '../../../../engine/profiles/read-job.js';
import { readProfile } from '../../../../simulator/profile.js';
import { tagsOf } from '../../../../simulator/tags.js';

const pack = packNamed('cisco-mpp')!;
const key = Buffer.alloc(32, 7);
const models = '6821 6841 6851 6861 6871 7811 7821 7832 7841 7861 8811 8832 8841 8845 8851 8861 8865'.split(' ');

const recipe = `benchtone: 1
name: Golden
phones: cisco-mpp
parameters:
  Station_Name: "{{name}}"
  Admin_Password: "{{admin}}"
  User_Password: User-Secret-1
  Phone-UI-User-Mode: Yes
  Proxy_1_: sip.acme.example:5061
  SIP_Transport_1_: TLS
  User_ID_1_: "{{extension}}"
  Password_1_: "{{secret}}"
  Display_Name_1_: { value: "{{name}} <{{extension}}> & Co", ua: ro }
  Privacy_Header_1_: id
  Dial_Plan_1_: (*xx|[3469]11|0|00|[2-9]xxxxxx|1xxx[2-9]xxxxxxS0|xxxxxxxxxxxx.)
  Preferred_Codec_1_: OPUS
  Time_Zone: GMT+09:00
  Daylight_Saving_Time_Enable: No
  Primary_NTP_Server: { value: ntp.acme.example, ua: rw }
  Language_Selection: 日本語
  Idle_Key_List: redial|1;cfwd|2;dnd|3;lcr
  Call_Return_Code: "*69"
  Dial_Tone: 350@-19,440@-19;10(*/0/1+2)
  Resync_At__HHmm_: "0330"
  Resync_At_Random_Delay: "900"
  Resync_Error_Retry_Delay: 60,120+30,240
  Log_Success_Msg: $PN $MAC -- done
  GPP_SA: "{{secret}}"
  Syslog_Server: log.acme.example
  Restricted_Access_Domains: acme.example
  Enable_VLAN: Yes
  VLAN_ID: "20"
clear: [Outbound_Proxy_1_]
handOff:
  Profile_Rule: "[--key $SA] https://prov.acme.example/$MA.xml"
  Enable_Web_Admin_Access: No
`;

/** What the recipe can't say for all models alike: the last line and key of each, and a key of an expansion module. */
const lastLine: Readonly<Record<string, number>> = {
  7811: 1,
  7832: 1,
  8832: 1,
  6821: 2,
  7821: 2,
  6841: 4,
  6851: 4,
  6861: 4,
  7841: 4,
  6871: 6,
  7861: 16,
};

function compiledFor(model: string): Compiled {
  const line = lastLine[model] ?? 10;
  const own: Record<string, string> = {
    mac: '00:56:2b:04:36:15',
    model: `CP-${model}-K9`,
    name: '受付 "A"',
    extension: '0201',
    admin: 'Maple!Front-9',
    secret: 'Chalk;Otter, 41',
    [`Line_Enable_${line}_`]: 'Yes',
    [`Extension_${line}_`]: String(line),
    ...(model === '7811' ? {} : { [`Extended_Function_${line}_`]: 'fnc=sd;ext=161@$PROXY;nme=Security' }),
    ...(['8851', '8861'].includes(model) ? { Unit_2_Key_32_: 'fnc=blf+sd+cp;sub=1001@$PROXY;nme=Desk' } : {}),
  };
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const csv = [Object.keys(own), Object.values(own)].map((cells) => cells.map(cell).join(',')).join('\n');
  const job = readJob(Buffer.from(csv), recipe);
  expect(job.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const row = job.rows[0]!;
  expect(row.mac).toBe('00562b043615' satisfies string as Mac);
  return pack.compile(job.recipe!, row).compiled!;
}

/** As the phone stores it. */
const plain = (parameters: readonly Parameter[]) => parameters.map(({ tag, value, ua }) => ({ tag, value: reveal(value).trim(), ua }));

describe.each(models)('a row for a %s', (model) => {
  const compiled = compiledFor(model);
  const device = pack.device(compiled, key);
  const files = { device: device.bytes, handoff: pack.handOff(compiled).bytes };

  it('is sent as it always was', async () => {
    for (const [name, bytes] of Object.entries(files))
      await expect(Buffer.from(bytes).toString()).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${model}-${name}.xml`));
  });

  it('is read by a phone as it was meant, every tag known to it and with its right', () => {
    const [ofDevice, ofHandOff] = [readProfile(files.device), readProfile(files.handoff)];
    expect(ofDevice).toEqual({ ok: true, entries: [...plain(compiled.device), { tag: 'GPP_P', value: device.marker, ua: 'na' }] });
    expect(ofHandOff).toEqual({ ok: true, entries: plain(compiled.handOff) });
    const tags = [...compiled.device, ...compiled.handOff].map(({ tag }) => tag);
    expect(new Set(compiled.device.map(({ tag }) => tag)).size).toBe(compiled.device.length);
    expect(tags.filter((tag) => tag !== 'Admin_Passwd' && !tagsOf(model).knows(tag))).toEqual([]);
  });

  it('is sound XML to xmllint', ({ skip }) => {
    skip(spawnSync('xmllint', ['--version']).status !== 0, 'xmllint is not here');
    for (const input of Object.values(files)) expect(spawnSync('xmllint', ['--noout', '-'], { input }).stderr.toString()).toBe('');
  });
});
