/** Opens the window: the link to the bench, the stores, the first screen. */
import '@mantine/core/styles.css';
import './look/look.css';
import { createRoot } from 'react-dom/client';
import { openLink } from './api/link.js';
import { saveResult } from './api/save-result.js';
import { startI18n } from './i18n/start-i18n.js';
import { takeNonce } from './nonce.js';
import { App } from './shell/app.js';
import { connect, createStores } from './stores/stores.js';
import { takeTrustedTypes } from './trusted-types.js';

async function open(): Promise<void> {
  takeTrustedTypes();
  const nonce = takeNonce();
  const link = openLink();
  const stores = createStores(link.bench);
  connect(stores, link, () => {
    const job = stores.board.getState().job;
    if (job !== null) void saveResult(link.bench, job.id);
  });
  await Promise.all([stores.settings.getState().load(navigator.languages), stores.board.getState().refresh()]);
  if (stores.board.getState().bench !== null) stores.route.getState().go({ screen: 'board' });
  const words = await startI18n(stores.settings.getState().language);
  const root = document.querySelector('#root');
  if (root !== null) createRoot(root).render(<App stores={stores} words={words} nonce={nonce} />);
}

void open();
