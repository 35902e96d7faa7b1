/** Choosing a file: the shell's dialog on the desktop, the browser's own elsewhere. */
import { type ReactNode, useRef, useState } from 'react';
import type { Input } from '../../engine/contract/calls.js';
import { uploadFile } from '../api/take-file.js';
import type { Taken } from '../stores/draft.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

type What = Input<'files.choose'>['what'];

const endings: Readonly<Record<What, string>> = {
  csv: '.csv,.txt,.tsv,text/csv',
  recipe: '.yaml,.yml',
  template: '.xml,.cfg,.txt',
  kit: '.xml,.cfg,.txt,.zip,.gz',
};
const labels = {
  csv: 'draft.csv.choose',
  recipe: 'draft.kit.file',
  template: 'draft.kit.template.choose',
  kit: 'template.choose',
} as const;

/** `as`: the name the file is kept under, whatever it is called where it lies. */
export function useFileChoice(
  what: What,
  take: (file: Taken) => void,
  as?: string,
): { readonly choose: () => void; readonly input: ReactNode; readonly busy: boolean } {
  const { bench } = useStores();
  const { t } = useWords();
  const fail = useDraft((state) => state.fail);
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);

  async function chooseOnDesktop(): Promise<void> {
    const answer = await bench.call('files.choose', { what, ...(as === undefined ? {} : { as }) });
    if (!answer.ok) fail(answer.error);
    else if (answer.value !== null) take(answer.value);
  }

  async function upload(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    const answer = await uploadFile(bench, file, as);
    setBusy(false);
    if (answer.ok) take(answer.value);
    else fail(answer.error);
  }

  return {
    busy,
    choose: () => {
      if (bench.host === 'desktop') void chooseOnDesktop();
      else input.current?.click();
    },
    input:
      bench.host === 'desktop' ? null : (
        <input
          ref={input}
          type="file"
          hidden
          accept={endings[what]}
          aria-label={t(labels[what], { name: as ?? '' })}
          data-file={what}
          onChange={({ currentTarget }) => {
            void upload(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      ),
  };
}
