/** Where a file is dropped: lit while one is held above it, and what was dropped is handed on once the engine has it. */
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { uploadFile } from '../api/take-file.js';
import type { Taken } from '../stores/draft.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import classes from './draft.module.css';

export type DropZoneProps = {
  /** What is dropped here. */
  readonly what: 'csv' | 'recipe';
  readonly take: (file: Taken) => void;
  readonly taken?: boolean;
  readonly small?: boolean;
  /** What is seen in it; `over`: a file is held above, `busy`: one is on its way. */
  readonly children: (state: { readonly over: boolean; readonly busy: boolean }) => ReactNode;
};

export function DropZone({ what, take, taken = false, small = false, children }: DropZoneProps): ReactNode {
  const { bench } = useStores();
  const fail = useDraft((state) => state.fail);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const depth = useRef(0);

  async function drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file === null) return;
    setBusy(true);
    const answer = await uploadFile(bench, file);
    setBusy(false);
    if (answer.ok) take(answer.value);
    else fail(answer.error);
  }

  return (
    <div
      className={classes['zone']}
      data-small={small ? true : undefined}
      data-over={over}
      data-taken={taken}
      data-drop={what}
      onDragEnter={() => {
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void drop(event)}
    >
      {children({ over, busy })}
    </div>
  );
}
