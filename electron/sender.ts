/** Who may call: the top frame of one of our windows, showing our page. Anything else is a forgery or a mistake. */
import { appOrigin } from './origin.js';

/** The part of `WebFrameMain` that is looked at. */
export type Frame = { readonly url: string; readonly parent: unknown };
export type Sender = { readonly senderFrame: Frame | null; readonly sender: { readonly id: number } };

/** Why the sender of a message is refused; undefined when it is ours. */
export function whyRefused({ senderFrame, sender }: Sender, isOurs: (id: number) => boolean): string | undefined {
  if (senderFrame === null) return 'sender.gone';
  if (senderFrame.parent !== null) return 'sender.subframe';
  if (!isOurs(sender.id)) return 'sender.window';
  const url = URL.canParse(senderFrame.url) ? new URL(senderFrame.url) : undefined;
  return url !== undefined && `${url.protocol}//${url.host}` === appOrigin ? undefined : 'sender.origin';
}
