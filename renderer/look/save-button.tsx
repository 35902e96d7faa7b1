/** Saves something as a file; says how it went where it was pressed. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { useWords } from '../words/use-words.js';
import { Icon } from './icons.js';

export function SaveButton(props: {
  readonly children: ReactNode;
  /** Said to who cannot see that a file came. */
  readonly done: string;
  /** True when it was saved, false when the person closed the dialog. */
  readonly save: () => Promise<boolean | CallError>;
  readonly compact?: boolean;
  readonly label?: string;
}): ReactNode {
  const { code } = useWords();
  const { compact = false, label } = props;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<boolean | CallError>(false);

  async function save(): Promise<void> {
    setBusy(true);
    setOutcome(await props.save());
    setBusy(false);
  }

  const said = typeof outcome === 'object' ? code(outcome.code, outcome.params) : outcome ? props.done : '';
  return (
    <>
      <Button
        variant="default"
        size={compact ? 'xs' : 'sm'}
        leftSection={<Icon name="download" size={compact ? 15 : 18} />}
        loading={busy}
        {...(label === undefined ? {} : { 'aria-label': label })}
        onClick={() => void save()}
      >
        {props.children}
      </Button>
      <span role="status" className={typeof outcome === 'object' ? 'state-failed' : 'hidden-visually'}>
        {said}
      </span>
    </>
  );
}
