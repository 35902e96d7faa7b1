/** Copies a text, and says that it did. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../words/use-words.js';
import { Icon } from './icons.js';

const saidFor = 2500; // ms

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { t } = useWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return undefined;
    const timer = setTimeout(() => setCopied(null), saidFor);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      size="xs"
      variant="default"
      miw={112}
      leftSection={<Icon name={copied === true ? 'done' : 'copy'} size={15} />}
      aria-label={`${t(copied === true ? 'common.copied' : copied === false ? 'common.notCopied' : 'common.copy')}: ${label}`}
      onClick={() => void copy(text).then(setCopied)}
    >
      <span role="status">{t(copied === true ? 'common.copied' : copied === false ? 'common.notCopied' : 'common.copy')}</span>
    </Button>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // the host does not let a page write there
  }
}
