/** A phone's page from the engine, asked for again while the phone moves, once a second at most. */
import { useEffect, useRef, useState } from 'react';
import type { CallError, DeviceRow, Output } from '../../engine/contract/calls.js';
import { useBoard, useStores } from '../stores/use-stores.js';

export type DevicePage = Output<'device.page'>;
export type PageState = { readonly page: DevicePage | null; readonly error: CallError | null; readonly device: DeviceRow | null };

const atMostEvery = 1000; // ms

export function useDevicePage(job: string, mac: string): PageState {
  const { bench } = useStores();
  const live = useBoard((state) => (state.job?.id === job ? (state.devices.get(mac) ?? null) : null));
  const [answer, setAnswer] = useState<Omit<PageState, 'device'>>({ page: null, error: null });
  const askedAt = useRef(0);
  const moved = live?.lastWords?.at ?? live?.lastSeen ?? '';

  useEffect(() => {
    let isCurrent = true;
    const wait = Math.max(0, askedAt.current + atMostEvery - performance.now());
    const timer = setTimeout(async () => {
      askedAt.current = performance.now();
      const got = await bench.call('device.page', { job, mac });
      if (isCurrent) setAnswer(got.ok ? { page: got.value, error: null } : { page: null, error: got.error });
    }, wait);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [bench, job, mac, moved]);

  return { ...answer, device: live ?? answer.page?.device ?? null };
}
