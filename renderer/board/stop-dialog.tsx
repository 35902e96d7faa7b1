/** Asks before phones that are not finished are left alone. */
import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { Trouble } from '../look/trouble.js';
import { useBoard, useRoute, useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

export function StopDialog(): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const running = useBoard((state) => state.bench);
  const { devices, pass, pending } = useBoard((state) => state.counts);
  const { stopAsked, askStop } = useRoute((state) => state);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  async function stop(): Promise<void> {
    setBusy(true);
    setError(null);
    const answer = await bench.call('bench.stop', {});
    setBusy(false);
    if (answer.ok) askStop(false);
    else setError(answer.error);
  }

  return (
    <Modal
      opened={stopAsked && running !== null}
      onClose={() => askStop(false)}
      title={t('board.stop.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p>
        {pending > 0
          ? t('board.stop.unfinished', { count: pending })
          : devices > pass
            ? t('board.stop.notReady', { count: devices - pass })
            : t('board.stop.finished')}
      </p>
      {error === null ? null : <Trouble error={error} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={() => askStop(false)}>
          {t('common.cancel')}
        </Button>
        <Button color="red" loading={busy} onClick={() => void stop()}>
          {t('board.stop.yes')}
        </Button>
      </Group>
    </Modal>
  );
}
