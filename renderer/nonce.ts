/** The nonce of this load, without which the content security policy lets no style element in. */
import { setNonce } from 'get-nonce';

/** Reads the nonce the host wrote into the page, and hands it to the scroll lock of dialogs, which makes a style of its own. */
export function takeNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  setNonce(nonce);
  return nonce;
}
