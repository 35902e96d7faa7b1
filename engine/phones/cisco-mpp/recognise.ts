/**
 * Who a DHCP client is (Cisco conversion guide; option 60 as provisioning servers in production match it).
 *
 * Option 60 holds `CP-8841-3PCC`, mostly with a NUL behind and perhaps words in front; some 6800s send none, or `dslforum.org`.
 * Enterprise firmware lacks the `-3PCC`, and calls itself `SEP<MAC>`. Never is option 60 required.
 */
import type { Mac } from '../../contract/mac.js';
import type { Recognised } from '../pack.js';
import { isModel } from './phone-models.js';
import { isCiscoPrefix } from './ouis.js';

export type DhcpClient = { readonly mac: Mac; readonly vendorClass?: string; readonly hostName?: string };

/** Recognises a phone of the family, one with the wrong image, or a stranger. Never throws. */
export function recognise({ mac, vendorClass = '', hostName = '' }: DhcpClient): Recognised {
  if (vendorClass === '' && hostName === '') return isCiscoPrefix(mac) ? { kind: 'phone' } : { kind: 'stranger' };
  const { recognised, speaksOtherwise } = byVendorClass(vendorClass);
  if (recognised !== undefined) return recognised;
  if (hostName !== '' && /^SEP[0-9a-f]{12}(?:$|[.\0])/i.test(hostName)) return { kind: 'wrong-image', sign: 'host-name' };
  return isCiscoPrefix(mac) && !speaksOtherwise ? { kind: 'phone' } : { kind: 'stranger' };
}

type Said = { readonly recognised: Recognised | undefined; readonly speaksOtherwise: boolean };

/** What was read last: a carton says the same a thousand times, and every message is asked for it more than once. */
let last: { readonly vendorClass: string; readonly said: Said } | undefined;

function byVendorClass(vendorClass: string): Said {
  if (last?.vendorClass !== vendorClass) last = { vendorClass, said: readVendorClass(vendorClass) };
  return last.said;
}

function readVendorClass(vendorClass: string): Said {
  const said = vendorClass.slice(0, 512).replaceAll('\0', ' ').trim();
  const speaksOtherwise = said !== '' && !/^(?:dslforum\.org|cisco systems, inc\. ip phone)$/i.test(said);
  const multiplatform = /CP-(\d{4})[A-Z]{0,2}-3PCC/i.exec(said)?.[1];
  if (multiplatform !== undefined) return { recognised: { kind: 'phone', ...known(multiplatform) }, speaksOtherwise };
  const enterprise = /CP-(\d{4})[A-Z]{0,2}\b/i.exec(said)?.[1];
  if (enterprise !== undefined) return { recognised: { kind: 'wrong-image', sign: 'option-60', ...known(enterprise) }, speaksOtherwise };
  return { recognised: undefined, speaksOtherwise };
}

function known(model: string): { model?: string } {
  return isModel(model) ? { model } : {};
}
