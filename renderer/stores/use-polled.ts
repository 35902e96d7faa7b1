/** An answer of the engine that is asked for again and again while somebody looks; what was shown stays until something else is known. */
import { useEffect, useState } from 'react';
import type { Answer, CallError, CallName, Input, Output } from '../../engine/contract/calls.js';
import { useStores } from './use-stores.js';

export type Polled<Name extends CallName> = { readonly value: Output<Name> | null; readonly error: CallError | null };

const calmly = 2000; // ms

/** Asks at once, and then each two seconds while the window can be seen. The same answer twice changes nothing. */
export function usePolled<Name extends CallName>(name: Name, input: Input<Name>): Polled<Name> {
  const { bench } = useStores();
  const [polled, setPolled] = useState<Polled<Name>>({ value: null, error: null });
  const asked = JSON.stringify(input);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let heard = '';
    async function ask(): Promise<void> {
      if (!document.hidden) {
        const answer: Answer<Name> = await bench.call(name, JSON.parse(asked) as Input<Name>);
        const text = JSON.stringify(answer);
        if (!isCurrent) return;
        if (text !== heard) setPolled(answer.ok ? { value: answer.value, error: null } : { value: null, error: answer.error });
        heard = text;
      }
      timer = setTimeout(() => void ask(), calmly);
    }
    void ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [bench, name, asked]);
  return polled;
}
