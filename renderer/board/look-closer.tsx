/** The technical pages behind the board. */
import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../look/icons.js';
import { useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

export function LookCloser(): ReactNode {
  const { t } = useWords();
  const go = useRoute((state) => state.go);
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="closer" size={16} />}>
          {t('board.closer')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="addresses" size={18} />} onClick={() => go({ screen: 'addresses' })}>
          {t('addresses.title')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="lines" size={18} />} onClick={() => go({ screen: 'syslog', mac: null })}>
          {t('syslog.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
