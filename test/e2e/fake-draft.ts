/** Readings of lists, made up: sound ones, lists with everything wrong, and one whose letters nobody can be sure of. */
import type { Output } from '../../engine/contract/calls.js';
import { macOf } from './fake-phones.js';

type Reading = Output<'draft.check'>;

const draftHandle = 'draft-0123456789abcdef';

/** What a list is depends on its name here: `trouble…`, `letters…`, `fatal…`, `template…`; anything else is sound. */
export function readingOf(name: string, encoding: string | undefined, recipeName: string | null): Reading {
  const sound: Reading = {
    draft: draftHandle,
    recipeName,
    columns: (['mac', 'model', 'name', 'extension', 'sip_password'] as const).map((word) => ({
      heading: word,
      word,
      by: 'heading',
      use: 'recipe',
      looks: null,
    })),
    rows: Array.from({ length: name.startsWith('many') ? 2000 : 24 }, (_, index) => ({
      row: index + 1,
      line: index + 2,
      mac: index % 11 === 5 ? null : macOf(index),
      model: index % 2 === 0 ? '8851' : '7841',
      name: index % 3 === 0 ? `受付 ${index + 1}` : `Desk ${2001 + index}`,
      extension: String(2001 + index),
    })),
    problems: [],
    badLines: [],
    fatal: false,
    readings: [],
  };
  if (name.startsWith('trouble')) return troubled(sound);
  if (name.startsWith('fatal'))
    return { ...sound, rows: [], fatal: true, problems: [problem(null, 'model', 'csv.heading-missing', 'error')] };
  if (name.startsWith('template'))
    return {
      ...sound,
      rows: [],
      fatal: true,
      problems: [problem(7, 'template', 'recipe.template-missing', 'error', { file: 'recipe', name: 'acme-lobby.xml' })],
    };
  if (name.startsWith('letters') && encoding === undefined) return unsure(sound);
  return name.startsWith('letters') ? { ...sound, readings: unsure(sound).readings } : sound;
}

function troubled(sound: Reading): Reading {
  return {
    ...sound,
    rows: sound.rows.filter(({ line }) => line !== 9),
    badLines: [4, 6, 9, 13],
    problems: [
      problem(null, 'parameters.Proxy_1_', 'recipe.missing-column', 'warning', { file: 'recipe', column: 'proxy', tag: 'Proxy_1_' }),
      problem(4, 'mac', 'mac.scientific', 'error', { value: '5.62B+10' }),
      problem(4, 'model', 'model.unknown', 'error', { value: '8859' }, '8851'),
      problem(5, 'User_ID1', 'csv.column-close', 'warning', {}, 'User_ID_1_'),
      problem(6, 'mac', 'mac.length', 'error', { value: '00562b0436', digits: 10 }),
      problem(9, null, 'csv.too-few-fields', 'error', { fields: 3, headings: 5 }),
      problem(11, 'mac', 'mac.quotes', 'warning', { value: '00562b043615' }),
      problem(13, 'mac', 'mac.duplicate', 'error', { value: '00562b043615', line: 2 }),
      problem(15, 'sip_password', 'parameter.password-weak', 'warning', { tag: 'Password_1_' }),
    ],
  };
}

function unsure(sound: Reading): Reading {
  return {
    ...sound,
    rows: [],
    fatal: true,
    problems: [problem(null, null, 'csv.encoding', 'error')],
    readings: [
      {
        encoding: 'windows-1252',
        lines: ['mac,model,name,extension', '00562b043615,8851,Žó•t ŽR“c,2001', '00562b043616,7841,‰ï‹cŽº,2002'],
      },
      { encoding: 'shift_jis', lines: ['mac,model,name,extension', '00562b043615,8851,受付 山田,2001', '00562b043616,7841,会議室,2002'] },
    ],
  };
}

function problem(
  line: number | null,
  column: string | null,
  code: string,
  severity: 'error' | 'warning',
  params: Record<string, string | number> = {},
  suggestion: string | null = null,
): Reading['problems'][number] {
  return { line, column, code, severity, params, suggestion };
}

export const asked: Output<'draft.asks'> = [
  {
    stage: 'bench',
    tag: 'Profile_Rule',
    on: [],
    cases: [{ condition: null, url: 'http://192.168.77.1/8851-3PCC.xml', sets: [], options: [] }],
  },
  {
    stage: 'production',
    tag: 'Profile_Rule',
    on: [],
    cases: [{ condition: null, url: `https://prov.example.com/${macOf(0)}.xml`, sets: [], options: ['key'] }],
  },
  {
    stage: 'production',
    tag: 'Upgrade_Rule',
    on: ['SWVER'],
    cases: [
      { condition: '$SWVER < 12-0-7', url: 'http://prov.example.com/sip88xx.12-0-7MPP0101-52.loads', sets: [], options: [] },
      { condition: null, url: null, sets: ['Upgrade_Enable'], options: [] },
    ],
  },
];

export const recipeText =
  '# Acme\nbenchtone: 1\nname: Office, one line per phone\nphones: cisco-mpp\nparameters:\n  Proxy_1_: sip.example.com   # theirs\n';

export const previews: Output<'draft.preview'> = [
  {
    file: 'bootstrap',
    path: '/8851-3PCC.xml',
    text: '<flat-profile>\n  <Syslog_Server ua="na">192.168.77.1</Syslog_Server>\n  <Resync_Periodic ua="na">30</Resync_Periodic>\n  <Profile_Rule_B ua="na">http://192.168.77.1/device/$MA.xml</Profile_Rule_B>\n</flat-profile>\n',
  },
  {
    file: 'device',
    path: `/device/${macOf(0)}.xml`,
    text: '<flat-profile>\n  <Station_Display_Name ua="na">受付 1</Station_Display_Name>\n  <User_ID_1_ ua="na">2001</User_ID_1_>\n  <Password_1_ ua="na">********</Password_1_>\n  <Admin_Password ua="na">********</Admin_Password>\n  <Proxy_1_ ua="na">sip.example.com</Proxy_1_>\n</flat-profile>\n',
  },
  {
    file: 'handOff',
    path: `/handoff/${macOf(0)}.xml`,
    text: '<flat-profile>\n  <Profile_Rule ua="na">https://prov.example.com/$MA.xml</Profile_Rule>\n  <Syslog_Server ua="na"/>\n</flat-profile>\n',
  },
];
