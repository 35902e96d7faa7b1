import { describe, expect, it } from 'vitest';
import { catalogue, findParameter, nearestParameter, tagsOf } from '../../../../engine/phones/cisco-mpp/parameters.js';
import { checkValue } from '../../../../engine/phones/cisco-mpp/values.js';

describe('the catalogue', () => {
  it('finds every tag it holds, and its own defaults are good values', () => {
    for (const entry of catalogue()) {
      const { tag, default: value } = entry;
      const known = findParameter(tagsOf(entry)[0]!)?.known;
      expect(known?.tag).toBe(tag);
      if (value !== null && value !== '')
        expect([tag, checkValue(known, value).filter(({ severity }) => severity === 'error')]).toEqual([tag, []]);
    }
  });

  it('never shows a secret, and lets wait what could cut the read-back', () => {
    for (const { tag, kind, readable } of catalogue()) {
      if (/passw|_S[A-D]$/i.test(tag) && !/Prompt|_Mode$/.test(tag)) expect([tag, kind]).toEqual([tag, 'secret']);
      if (kind === 'secret') expect([tag, readable]).toEqual([tag, 'never']);
      if (
        /^(?:Enable_Web_|Web_Server_Port|Enable_Direct_Action_Url|VLAN_ID|Enable_VLAN|Static_IP|NetMask|Gateway|Firewall|Restricted_Access_Domains)/.test(
          tag,
        )
      )
        expect([tag, findParameter(tag)?.known.waits]).toEqual([tag, 'read-back']);
    }
  });

  it('names and explains every entry in both languages, in one sentence', () => {
    const isJapanese = /[\u3040-\u30FF\u4E00-\u9FFF]/;
    for (const { tag, en, ja } of catalogue()) {
      expect([tag, en.some((text) => isJapanese.test(text)), isJapanese.test(ja[1])]).toEqual([tag, false, true]);
      expect([tag, en[1].endsWith('.'), ja[1].endsWith('。')]).toEqual([tag, true, true]);
    }
    expect(new Set(catalogue().map(({ tag }) => tag)).size).toBe(catalogue().length);
  });

  it('knows every tag of a real report, each in its place', () => {
    const tags = catalogue().flatMap((known) => tagsOf(known));
    expect(new Set(tags).size).toBe(tags.length);
    expect(catalogue().length).toBeGreaterThan(690);
    for (const tag of ['Session_Timer_m_', 'Auth_Resync-Reboot_3_', 'G722.2_Enable_1_', 'GPP_SA', 'Log_Missed_Calls_for_EXT_16'])
      expect([tag, findParameter(tag)?.known.tag]).toEqual([tag, expect.any(String)]);
  });

  it('counts lines', () => {
    for (const tag of ['Call_Waiting_Tone', 'Cadence_9', 'ACD_Status_16_', 'Ring12', 'Speed_Dial_2_Name'])
      expect([tag, findParameter(tag)?.known]).toMatchObject([tag, { readable: 'sometimes', confidence: 'inferred' }]);
    for (const tag of ['Cadence_10', 'Ring13', 'call_waiting_tone', 'ACD_Status_17_'])
      expect([tag, findParameter(tag)]).toEqual([tag, undefined]);
    expect(nearestParameter('Call_Wating_Tone')).toBe('Call_Waiting_Tone');
    expect(findParameter('Proxy_16_')).toMatchObject({ line: 16, known: { tag: 'Proxy_n_' } });
    for (const tag of [
      'Proxy_n_',
      'Proxy_0_',
      'Proxy_17_',
      'Proxy_01_',
      'Proxy_1',
      'Unit_m_Key_k_',
      'Unit_4_Key_1_',
      'proxy_1_',
      '__proto__',
      '',
    ])
      expect(findParameter(tag)).toBeUndefined();
    expect(findParameter('Resync_At__HHmm_')?.line).toBeUndefined();
    expect(findParameter('Unit_2_Key_32_')?.known.tag).toBe('Unit_m_Key_k_');
  });

  it.each([
    ['user_id_1_', 'User_ID_1_'],
    ['User ID [1]', 'User_ID_1_'],
    ['Resync At (HHmm)', 'Resync_At__HHmm_'],
    ['Pasword_2_', 'Password_2_'],
    ['Admin_Pass', null],
    ['room', null],
    ['', null],
  ])('suggests for %j', (text, suggestion) => expect(nearestParameter(text)).toBe(suggestion));
});

describe('a value', () => {
  it.each([
    ['Admin_Password', 'Sesame-1', []],
    ['Admin_Password', 'sesame', ['parameter.password-weak']],
    ['Admin_Password', 'Sesame 12', ['parameter.password-characters']],
    ['Admin_Password', 'abc', ['parameter.password-length']],
    ['Resync_Error_Retry_Delay', '0', ['parameter.never-retries']],
    ['Resync_Error_Retry_Delay', '60,120+30', []],
    ['Resync_At_Random_Delay', '60', ['parameter.below-documented']],
    ['Enable_Web_Admin_Access', 'no', ['parameter.needs-factory-reset']],
    ['Text_Logo', ' padded ', ['parameter.trimmed']],
    ['Text_Logo', 'two\nlines', ['parameter.trimmed']],
    ['Text_Logo', 'bell\u0007', ['parameter.control-character']],
    ['Asset_ID', 'x'.repeat(32), ['parameter.too-long']],
    ['Syslog_Server', '10.0.0.1:5514', []],
    ['Syslog_Server', 'http://x', ['parameter.host']],
    ['Extension_1_', '17', ['parameter.extension']],
    ['Picture_Download_URL', 'logo.png', ['parameter.url']],
    ['VLAN_ID', '1', ['parameter.vlan-1']],
    ['Resync_Trigger_2', '$A lt', ['parameter.rule-comparison']],
  ])('of %s: %j', (tag, value, codes) => expect(checkValue(findParameter(tag)?.known, value).map(({ code }) => code)).toEqual(codes));
});
