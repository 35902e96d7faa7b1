/** What the phones are to become: a recipe that comes with Benchtone, one from a file, or none. */
import { Button, Radio, Stack } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { GroupMark } from '../look/marks.js';
import { RecipeEditor } from '../recipe/recipe-editor.js';
import { useDraft, useTemplate } from '../stores/use-stores.js';
import { TemplateDialog } from '../template/template-dialog.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';
import { RecipeDrop } from './recipe-drop.js';
import { useFileChoice } from './use-file-choice.js';

export function RecipeChoice(): ReactNode {
  const { t } = useWords();
  const { recipes, recipe, loadRecipes, takeRecipe } = useDraft((state) => state);
  const choice = useFileChoice('recipe', (file) => takeRecipe({ kind: 'file', file }));
  const openTemplate = useTemplate((state) => state.open);
  const template = useFileChoice('kit', (file) => void openTemplate(file));
  useEffect(() => void loadRecipes(), [loadRecipes]);

  function choose(value: string): void {
    const starter = recipes.find(({ id }) => `starter:${id}` === value);
    if (starter !== undefined) takeRecipe({ kind: 'starter', recipe: starter });
    else if (value === 'none') takeRecipe({ kind: 'none' });
  }

  const value = recipe.kind === 'starter' ? `starter:${recipe.recipe.id}` : recipe.kind;
  return (
    <>
      <Radio.Group value={value} onChange={choose} label={t('draft.kit.label')}>
        <Stack gap="sm" mt="sm">
          {recipes.map(({ id, name }) => (
            <Radio
              key={id}
              value={`starter:${id}`}
              label={id === 'office' ? t('draft.kit.office') : name}
              description={t('draft.kit.starter')}
            />
          ))}
          {recipe.kind === 'file' ? (
            <Radio value="file" label={<bdi className="foreign">{harmless(shortened(recipe.file.name, 120))}</bdi>} />
          ) : null}
          <Radio value="none" label={t('draft.kit.none')} />
        </Stack>
      </Radio.Group>
      <RecipeEditor />
      <RecipeDrop>
        <Button variant="default" loading={choice.busy} onClick={choice.choose}>
          {t('draft.kit.file')}
        </Button>
        {choice.input}
        <Button variant="default" loading={template.busy} onClick={template.choose}>
          {t('template.have')}
        </Button>
        {template.input}
      </RecipeDrop>
      <TemplateNeeded />
      <TemplateDialog />
    </>
  );
}

/** A recipe that builds on a template which is not here: the person gives it, whatever it is called where it lies. */
function TemplateNeeded(): ReactNode {
  const { t } = useWords();
  const { reading, recipe, takeRecipe } = useDraft((state) => state);
  const name = reading?.problems.find(({ code }) => code === 'recipe.template-missing')?.params['name'];
  const choice = useFileChoice('template', () => takeRecipe(recipe), String(name ?? ''));
  if (name === undefined || recipe.kind !== 'file') return null;
  const shown = harmless(shortened(String(name), 80));
  return (
    <div className={classes['template']} data-template="missing" role="group" aria-label={t('draft.kit.template', { name: shown })}>
      <GroupMark group="hand" size={18} />
      <span>{t('draft.kit.template', { name: shown })}</span>
      <Button size="xs" loading={choice.busy} onClick={choice.choose}>
        {t('draft.kit.template.choose', { name: shown })}
      </Button>
      {choice.input}
    </div>
  );
}
