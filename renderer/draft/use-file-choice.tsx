/** Choosing a file: the shell's dialog on the desktop, the browser's own elsewhere. */
import { type ReactNode, useRef, useState } from 'react';
import { uploadFile } from '../api/take-file.js';
import type { Taken } from '../stores/draft.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

const endings = { csv: '.csv,.txt,.tsv,text/csv', recipe: '.yaml,.yml' } as const;

export function useFileChoice(
  what: 'csv' | 'recipe',
  take: (file: Taken) => void,
): { readonly choose: () => void; readonly input: ReactNode; readonly busy: boolean } {
  const { bench } = useStores();
  const { t } = useWords();
  const fail = useDraft((state) => state.fail);
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);

  async function chooseOnDesktop(): Promise<void> {
    const answer = await bench.call('files.choose', { what });
    if (!answer.ok) fail(answer.error);
    else if (answer.value !== null) take(answer.value);
  }

  async function upload(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    const answer = await uploadFile(bench, file);
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
          aria-label={t(what === 'csv' ? 'draft.csv.choose' : 'draft.kit.file')}
          data-file={what}
          onChange={({ currentTarget }) => {
            void upload(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      ),
  };
}
