/** Where a recipe or a template is dropped: a recipe by its ending, anything else is opened as a template. */
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { uploadFile } from '../api/take-file.js';
import { Icon } from '../look/icons.js';
import { useDraft, useStores, useTemplate } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';

export function RecipeDrop({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const { takeRecipe, fail } = useDraft((state) => state);
  const open = useTemplate((state) => state.open);
  const [over, setOver] = useState(false);
  const depth = useRef(0);

  async function drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file === null) return;
    const answer = await uploadFile(bench, file);
    if (!answer.ok) fail(answer.error);
    else if (/\.ya?ml$/i.test(answer.value.name)) takeRecipe({ kind: 'file', file: answer.value });
    else void open(answer.value);
  }

  return (
    <div
      className={classes['zone']}
      data-small="true"
      data-over={over}
      data-drop="recipe"
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
      <Icon name="upload" size={24} />
      <div>
        <strong>{over ? t('template.over') : t('template.drop')}</strong>
        <span>{t('template.hint')}</span>
      </div>
      {children}
    </div>
  );
}
