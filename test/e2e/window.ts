/** A window of Benchtone as a spec has it, whichever host opened it. */
import type { Page } from 'playwright-core';
import type { Answer, CallName, Input, Output } from '../../engine/contract/calls.js';

export type GivenFile = { readonly name: string; readonly text: string | Buffer };

export interface OpenWindow extends AsyncDisposable {
  readonly host: 'browser' | 'desktop';
  readonly page: Page;
  /** Chooses a file as a person does: in the browser's chooser, or in the shell's dialog. */
  choose(what: 'csv' | 'recipe' | 'template', file: GivenFile): Promise<void>;
  /** What was saved when `press` was done: by download, or in the shell's dialog; `said`: how the window then says so, on the desktop. */
  saved(press: () => Promise<void>, said?: string): Promise<{ readonly name: string; readonly text: string; readonly bytes: Buffer }>;
  /** Ends the engine with SIGKILL. It is there again when this resolves; what it does then is its host's business. */
  crash(): Promise<void>;
}

/** How a host opens a window on data of its own; everything is removed when it is disposed. */
export type OpenHost = () => Promise<OpenWindow>;

/** Asks the engine through the page's own way to it, whichever that is. */
export async function ask<Name extends CallName>({ page }: OpenWindow, name: Name, input: Input<Name>): Promise<Output<Name>> {
  const body = JSON.stringify({ name, input });
  const answer = (await page.evaluate(`(async () => {
    const { name, input } = ${body};
    if (window.bench !== undefined) return window.bench.call(name, input);
    const headers = { 'content-type': 'application/json', 'x-benchtone': '1' };
    return (await fetch('/api/call', { method: 'POST', headers, body: JSON.stringify({ name, input }) })).json();
  })()`)) as Answer<Name>;
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

/** Lets files fall on an element. */
export async function drop({ page }: OpenWindow, selector: string, { name, text }: GivenFile): Promise<void> {
  const base64 = Buffer.from(text).toString('base64');
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], ${JSON.stringify(name)}, { type: 'text/csv' }));
    return transfer;
  })()`);
  const target = page.locator(selector);
  await target.dispatchEvent('dragenter', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}

/** Goes to a screen by the rail. */
export async function go({ page }: OpenWindow, screen: string): Promise<void> {
  await page.getByRole('navigation').getByText(screen, { exact: true }).click();
}
