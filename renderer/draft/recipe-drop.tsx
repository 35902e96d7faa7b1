/** Where a recipe or a template is dropped: a recipe by its ending, anything else is opened as a template. */
import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../look/icons.js';
import type { Taken } from '../stores/draft.js';
import { useDraft, useTemplate } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { DropZone } from './drop-zone.js';

export function RecipeDrop({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useWords();
  const takeRecipe = useDraft((state) => state.takeRecipe);
  const open = useTemplate((state) => state.open);

  function take(file: Taken): void {
    if (/\.ya?ml$/i.test(file.name)) takeRecipe({ kind: 'file', file });
    else void open(file);
  }

  return (
    <DropZone what="recipe" take={take} small>
      {({ over, busy }) => (
        <>
          {busy ? <Loader size="sm" /> : <Icon name="upload" size={24} />}
          <div>
            <strong>{over ? t('template.over') : t('template.drop')}</strong>
            <span>{t('template.hint')}</span>
          </div>
          {children}
        </>
      )}
    </DropZone>
  );
}
