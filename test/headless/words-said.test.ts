import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Params, Problem } from '../../engine/contract/problem.js';
import { checkForeign, checkInterface, checkOverlap } from '../../engine/network/interlocks.js';
import { findPlace, parsePool, type Place } from '../../engine/network/places.js';
import { readJob } from '../../engine/profiles/read-job.js';
import { texts } from '../../headless/words.js';
import { neededBy } from '../../engine/contract/fill.js';

/** What the words need and the code came without. */
function lacking(code: string, params: Params): string[] {
  const text = texts[code];
  if (text === undefined) return [`${code} has no words`];
  return neededBy(text).flatMap((name) => (params[name] === undefined ? [`${code} came without ${name}`] : []));
}

const head = 'benchtone: 1\nname: Test\nphones: cisco-mpp\n';

/** Rules that no phone would follow as they were meant. */
const rules: readonly string[] = [
  '/a | /b',
  '("$PN" lt "x")? /a | /b',
  'https://s/$SA/$MA(0,6)/$psn.xml',
  '[--delta --kye x] /a',
  '[--delta] /a',
  '[--key] /a',
  '($A)? /a',
  '($A = )? /a',
  '($A = 1 or $B = 2)? /a',
  '($A = 1) /a',
  '($A = 1)?',
  '($A = 1? /a',
  'ftp://a/b',
  '/'.repeat(5000),
];
/** Firmware that ignores what the recipe says. */
const loads: readonly string[] = ['sip88xx.12-0-7MPP0101-52', 'sip88xx.12-0-7MPP0201-66'];
const upgrades: readonly string[] = ['/a.loads', '[--uid a] http://s/a.bin'];

/** Lists and recipes with everything wrong that a person can do wrong. */
const recipes: readonly string[] = [
  `${head}parameters:\n  Proxy_1: a\n  "1x": b\n  GPP_P: c\n  Proxy_1_: "{{nothing}}"\n  Line_Enable_1_: maybe\n  SIP_Transport_1_: TSL\n  Resync_Periodic: often\n  Display_Name_1_: ""\n  Station_Name: "{{x"\n`,
  `${head}parameters:\n  Web_Server_Port: "70000"\n  SIP_Port_1_: x\n  Resync_At__HHmm_: "2560"\n  Extension_1_: "99"\n  Primary_DNS: http://a\n  Logo_URL: a b\n  Resync_Error_Retry_Delay: "0"\n  Resync_At_Random_Delay: "5"\n  Periodic_Upload_To_Server: "300000"\n  Enable_Web_Admin_Access: No\n  MIC_Cert_Refresh_Enable: Yes\n  Debug_Level: "1"\n  VLAN_ID: "1"\n  Admin_Password: ab\n  User_Password: abcdefgh\n  Proxy_16_: a\n  Asset_ID: ${'x'.repeat(99)}\n  Line_Enable_1_: true\n`,
  `${head}bootstrap:\n  GPP_P: a\n  Profile_Rule: b\n  Admin_Password: c\n  Station_Name: "{{name}}"\n  Time_Zone: GMT\n  Nonsense: d\nhandOff:\n  Admin_Password: e\nmodels:\n  "9999": {}\n  "8851": {}\n  CP-8851: {}\n`,
  `${head}template: none.xml\ndelivery: { transport: https, gzip: true }\nfirmware: x\n`,
  `${head}delivery: { transport: tftp, encrypt: { content: aes128gcm } }\nparameters: { GPP_B: x }\n`,
  `${head}delivery: { parts: true, encrypt: true }\n`,
  `${head}template: nested.xml\nparameters:\n  User_Password: Abcdefg 1\n`,
  `${head}template: twice.xml\nclear: [Proxy_2_, Time_Zone]\nparameters:\n  Log_Resync_Request_Msg: a\n  Proxy_2_: b\n  Proxy_3_: { value: a, clear: true }\n  Proxy_4_: { ua: ro }\n`,
  `${head}clear: [Text_Logo]\nparameters:\n  Proxy_3_: { clear: true, ua: rw }\n  Admin_Password: Sesame-1\n  Admin_Passwd: Sesame-2\n  Extension_1_: "16"\n  DHCP_Option_To_Use: "43"\n  Time_Zone: Tokyo\n  HTTP_User_Agent_Name: phone\n  Log_Success_Msg: $MAX done\n  Cisco_Headset_Upgrade_Rule: http://a/b\n`,
  `${head}parameters:\n  Resync_Periodic: "10"\n  Resync_At__HHmm_: "0300"\n  Password_1_: a\n  Upgrade_Enable: No\n  RTP_Port_Min: "9"\n  RTP_Port_Max: "8"\n  DHCP_VLAN_Option: "132"\n  Restricted_Access_Domains: acme.example\nhandOff:\n  Profile_Rule: https://10.0.0.9/$C/$MA.xml\n  Upgrade_Rule: http://a/b.loads\n`,
  `${head}parameters:\n  Resync_Periodic: "0"\n  Resync_On_Reset: No\n  Resync_From_SIP: No\n`,
  `${head}handOff: { Profile_Rule: "gds://" }\n`,
  `${head}template: dtd.xml\n`,
  `${head}template: broken.xml\n`,
  `${head}template: other.xml\n`,
  `${head}columns: { mac: nowhere }\n`,
  `${head}delivery: { transport: tftp, account: { user: bench, password: "{{name}}" } }\n`,
  `${head}delivery: { account: { user: 'a:b', password: "{{name}}" } }\n`,
  `${head}dhcp:\n  options:\n    66: http://elsewhere.example\n    160: "a b"\n    150: nowhere\n    121: nowhere\n    132: "9999"\n    43: zz\n    2: soon\n    15: "\u00e9"\n    1: x\n`,
  `${head}delivery: { transport: tftp, account: { user: a, password: b } }\n`,
  `${head}delivery: { account: { user: 'a:', password: b } }\n`,
  `${head}parameters:\n  DHCP_Option_To_Use: all\n`,
  `${head}parameters:\n  Idle_Key_List: a b\n  Call_Return_Code: star 69\n  Dial_Tone: loud\n  Idle_LED: red\n  SIP_T1: soon\n  Time_Offset__HH_mm_: an hour\n`,
  `${head}lines: { 1: { user: a b, password: Geheim-1 }, 2: { user: x, server: s } }\nkeys: { 1: { blf: a b, speedDial: "1" }, 2: { name: x }, 3: { blf: "1", name: 'a;', via: x }, 4: { function: dnd }, 5: { blf: "1" } }\nparameters: { User_ID_2_: y }\n`,
  `${head}lines: { 1: { user: "1", server: s } }\nkeys: { 2: { line: 1 }, 3: { blf: "{{name}}" }, 9: { blf: "1" }, 6: { speedDial: a b } }\nvlan: "1"\nlanguage: { name: fr, server: x }\n`,
  `${head}time: { place: Berlni }\nlanguage: Klingon\n`,
  `${head}time: { place: Gaza }\n`,
  `${head}lines: { 1: { user: "1", server: s } }\n`,
  `${head}time: { place: Lord Howe }\n`,
  'benchtone: 2\nname: x\nphones: cisco-mpp\n',
  'benchtone: 1\nphones: cisco-mpp\nnonsense: 1\ndelivery: []\n',
  head.replace('cisco', 'cicso'),
  `${head}---\n${head}`,
  `${head}parameters: { Proxy_1_: “a”, Proxy_2_: "a\u200bb" }\n`,
  '- a\n',
  'a: [\n',
  'a: 1\na: 2\n',
  'a: !tag 1\n',
  'a: {{b}}\n',
  'a:\n\tb: 1\n',
  'name: x\nphones: cisco-mpp\ndelivery: { transport: htttp }\n',
];
const templates: Readonly<Record<string, string>> = {
  'nested.xml': '<flat-profile><Proxy_1_>a<b/></Proxy_1_><Proxy_1_>c</Proxy_1_></flat-profile>',
  'twice.xml': '<flat-profile><Proxy_1_ ua="x">a</Proxy_1_><Proxy_1_>b</Proxy_1_></flat-profile>',
  'dtd.xml': '<!DOCTYPE a><flat-profile/>',
  'broken.xml': '<flat-profile>',
  'other.xml': '<other/>',
};
const lists: readonly string[] = [
  '',
  'PK\u0003\u0004',
  'Phone MAC,Device MAC,機種\n',
  'model,Geraet\n8851,00:56:2b:04:36:15\n',
  'model,name\n',
  'model,Foo_Bar_1_\n8851,x\n',
  'model,na\uFFFDme\n8851,Zo\uFFFD\n',
  'mac,,mac,name\n',
  'mac,model,User_ID1,User_ID_1_,Proxy_16_\n5.62E+10,8851,,a,\n#####,8851,,a,\nFCH2130E1ZX,,,a,\n0:1:2:3:4:5,8859,,,\n00562b0436,8851,,,\n00562bO43615,8851,,,\n000000000000,8851,,,\n01562b043615,8851,,,\n\'00562b043615,8851,,,x\n00562b043615,7841,,,\n1234567890123,8851,,,\n００５６２ｂ０４３６１６,8851,,,\n0c1234567890,8851,,,\na,b\na,b,c,d,e,f\n"x,8851\n',
  'model,Extension_1_,Extension_9_,Extended_Function_9_,Unit_3_Key_1_\n7811,1,1,fnc=dnd,x\n7841,16,1,fnc=dnd,x\n8865,1,1,fnc=dnd,x\n8851,1,1,fnc=dnd,x\n',
  `model,name\n8851,a\0b\n8851,${'x'.repeat(20_000)}\n8851,\n`,
];

describe('what is said', () => {
  test('of lists and recipes lacks nothing', () => {
    const problems: Problem[] = [];
    const ruled = [
      ...rules.map((rule) => `${head}handOff:\n  Profile_Rule: ${JSON.stringify(rule)}\n`),
      ...loads.map(
        (load) =>
          `${head}parameters: { TLS_Min_Version: a, TLS_Client_Min_Version: b }\nhandOff: { Upgrade_Rule: "http://a/${load}.loads" }\n`,
      ),
      ...upgrades.map((rule) => `${head}handOff:\n  Upgrade_Rule: ${JSON.stringify(rule)}\n`),
    ];
    for (const recipe of [...recipes, ...ruled, `${head}parameters:\n  Station_Name: "{{name}}"\n  Password_1_: "{{name}}"\n`])
      for (const list of lists) problems.push(...readJob(Buffer.from(list), recipe, { readTemplate: (name) => templates[name] }).problems);
    problems.push(
      ...readJob(Buffer.from([0x61, 0xff, 0x0a])).problems,
      ...readJob(Buffer.from('a'), undefined, { encoding: 'none' }).problems,
      ...readJob(Buffer.from('ë'), undefined, { encoding: 'windows-1252' }).problems,
    );
    const broken = resolve(import.meta.dirname, '../engine/profiles/broken');
    for (const name of readdirSync(broken)) if (name.endsWith('.csv')) problems.push(...readJob(readFileSync(join(broken, name))).problems);
    expect(problems.flatMap(({ code, params }) => lacking(code, params))).toEqual([]);

    // Reached: all but sizes nobody types here, and what only some of the code can say.
    const reached = new Set(problems.map(({ code }) => code));
    const unreached = Object.keys(texts).filter(
      (code) => /^(?:csv|mac|number|extension|user|model|recipe|parameter)\./.test(code) && !reached.has(code),
    );
    expect(unreached.sort()).toEqual([
      'csv.row-too-long',
      'csv.too-damaged',
      'csv.too-large',
      'csv.too-many-columns',
      'csv.too-many-rows',
      'extension.earlier-job', // these three: of a data folder with jobs
      'mac.earlier-job',
      'parameter.control-character',
      'parameter.place-irregular', // which places depends on the year
      'parameter.trimmed',
      'recipe.encoding',
      'recipe.phones-unknown',
      'recipe.template-failed',
      'recipe.template-too-large',
      'recipe.too-deep',
      'recipe.too-large',
      'user.earlier-job',
    ]);
  });

  test('of places, pools and interlocks lacks nothing', () => {
    const place: Place = { interface: 'eth1', address: '10.0.0.1', prefix: 24 };
    const places = [place, { ...place, address: '10.0.0.2' }, { ...place, interface: 'eth2' }, { ...place, interface: 'eth3', prefix: 32 }];
    const refused = [
      findPlace('eth9', undefined, places),
      findPlace('lo', undefined, places),
      findPlace('eth1', undefined, places),
      findPlace('eth1', 'x', places),
      findPlace('eth1', '10.9.9.9', places),
      ...['x', '10.0.0.9-10.0.0.3', '10.0.0.3-10.0.9.9', '10.0.0.1-10.0.0.1'].map((pool) => parsePool(pool, place)),
    ].flatMap((result) => (result.ok ? [] : result.refusal));
    const facts = { interface: 'eth1', loopback: false } as const;
    const checks = [
      ...checkInterface({ ...facts, defaultRoute: true, wifi: true, vpn: true, virtual: 'Docker' }, { dhcp: true }),
      ...checkInterface({ ...facts, defaultRoute: false, wifi: false, vpn: false, virtual: false }, { dhcp: true }),
      ...checkInterface({ ...facts, defaultRoute: 'unknown', wifi: 'unknown', vpn: 'unknown', virtual: 'unknown' }, { dhcp: true }),
      checkOverlap(place, places),
      checkOverlap(place, [place]),
      checkForeign([]),
      checkForeign([{ address: '10.0.0.7' }]),
    ];
    expect(refused).toHaveLength(9);
    expect([...refused, ...checks].flatMap(({ code, params }) => lacking(code, params))).toEqual([]);
  });
});
