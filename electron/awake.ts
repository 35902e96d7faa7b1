/** Keeps the computer from sleeping while a bench runs: a phone that asks at night must be answered. */
import { powerSaveBlocker } from 'electron';
import type { EngineKeeper } from './engine-keeper.js';

export function stayAwake(engine: EngineKeeper): void {
  let blocker: number | undefined;
  engine.on(() => {
    if (engine.benchRuns && blocker === undefined) blocker = powerSaveBlocker.start('prevent-app-suspension');
    else if (!engine.benchRuns && blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  });
}
