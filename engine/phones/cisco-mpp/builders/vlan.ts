/** `vlan` of a recipe. All of it waits for the hand-off: with a VLAN the phone leaves the bench's network (facts section 1.7). */
import type { Meant } from '../../../profiles/meant-schema.js';
import { shown } from '../../../profiles/problems.js';
import { error, type Finding } from '../findings.js';
import { fixed, type Piece, plain } from './piece.js';

export function vlanPieces({ vlan }: Meant): Piece[] {
  if (vlan === undefined) return [];
  const { phone, pc } = typeof vlan === 'string' ? { phone: vlan, pc: undefined } : vlan;
  const place = { path: 'vlan', builder: 'vlan' } as const;
  return [
    ...plain(place, 'VLAN_ID', phone, checkVlan),
    { ...fixed(place, 'Enable_VLAN', 'Yes'), where: phone },
    ...plain(place, 'PC_Port_VLAN_ID', pc, checkVlan),
    ...(pc === undefined ? [] : [{ ...fixed(place, 'Enable_PC_Port_VLAN_Tagging', 'Yes'), where: pc }]),
  ];
}

/** 1 is the phones' default and means "no VLAN" to most switches; 4095 is reserved (IEEE 802.1Q). */
function checkVlan(text: string): Finding[] {
  const isVlan = /^\d{1,4}$/.test(text) && Number(text) >= 2 && Number(text) <= 4094;
  return text === '' || isVlan ? [] : [error('parameter.vlan', { value: shown(text) })];
}
