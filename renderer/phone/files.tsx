/** The files a phone of a job gets, and what it will ask for. */
import { type ReactNode, useCallback, useState } from 'react';
import type { Answer, Output } from '../../engine/contract/calls.js';
import { AskList } from '../draft/asks.js';
import { PreviewPanel } from '../preview/preview-panel.js';
import { useStores } from '../stores/use-stores.js';

export function Files({ job, mac }: { readonly job: string; readonly mac: string }): ReactNode {
  const { bench } = useStores();
  const [asks, setAsks] = useState<Output<'device.preview'>['asks']>([]);
  const load = useCallback(
    async (reveal: boolean): Promise<Answer<'draft.preview'>> => {
      const answer = await bench.call('device.preview', { job, mac, ...(reveal ? { reveal } : {}) });
      if (answer.ok) setAsks(answer.value.asks);
      return answer;
    },
    [bench, job, mac],
  );
  return (
    <>
      <PreviewPanel load={load} />
      {asks.length === 0 ? null : <AskList asks={asks} />}
    </>
  );
}
