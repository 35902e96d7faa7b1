/** Tags that a server filled: each becomes a column of the list, or a value. */
import { Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TemplateReading } from '../stores/template.js';
import { useTemplate } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './template.module.css';

type Tag = TemplateReading['serverTags'][number];

export function ServerTags({ tags }: { readonly tags: readonly Tag[] }): ReactNode {
  const { t } = useWords();
  const accept = useTemplate((state) => state.accept);
  const isOpen = tags.some(({ becomes }) => becomes === null);
  return (
    <section className={classes['part']} data-open={isOpen} aria-label={t('template.serverTags')}>
      <div className={classes['head']}>
        <h3>{t('template.serverTags')}</h3>
        {tags.some(({ becomes, proposal }) => becomes === null && proposal !== null) ? (
          <Button size="compact-sm" onClick={accept}>
            {t('template.accept')}
          </Button>
        ) : null}
      </div>
      <p>{t('template.serverTags.text')}</p>
      <ul className={classes['list']}>
        {tags.map((tag) => (
          <ServerTag key={tag.tag} tag={tag} />
        ))}
      </ul>
    </section>
  );
}

function ServerTag({ tag: { tag, usedBy, proposal, becomes, secret } }: { readonly tag: Tag }): ReactNode {
  const { t } = useWords();
  const { decisions, decide } = useTemplate((state) => state);
  const said = decisions.map[tag];

  function say(text: string | undefined): void {
    const { [tag]: _before, ...others } = decisions.map;
    decide({ ...decisions, map: text === undefined ? others : { ...others, [tag]: text } });
  }

  return (
    <li className={classes['item']} data-tag={tag}>
      <div className={classes['what']}>
        <code>{tag}</code>
        <small>
          {t('template.usedBy', { tags: usedBy.slice(0, 6).join(', ') })}
          {secret ? ` · ${t('template.secret')}` : ''}
        </small>
      </div>
      <div className={`${classes['choices']} ${classes['aligned']}`}>
        <TextInput
          size="xs"
          w={230}
          aria-label={t('template.becomes', { tag })}
          placeholder={t(said === '' ? 'template.takeEmpty' : 'template.example')}
          value={said ?? ''}
          error={said !== undefined && becomes === null}
          onChange={({ currentTarget: { value } }) => say(value === '' ? undefined : value)}
        />
        {said === undefined && proposal !== null ? (
          <Button size="compact-sm" variant="default" onClick={() => say(proposal)}>
            {proposal}
          </Button>
        ) : null}
        {said === undefined ? (
          <Button size="compact-sm" variant="subtle" onClick={() => say('')}>
            {t('template.takeEmpty')}
          </Button>
        ) : (
          <Button size="compact-sm" variant="subtle" onClick={() => say(undefined)}>
            {t('template.undo')}
          </Button>
        )}
      </div>
    </li>
  );
}
