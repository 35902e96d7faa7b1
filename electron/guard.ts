/** What no page may do, whatever it shows: leave, open another, embed one, ask for a permission. */
import type { App, Session, WebContents } from 'electron';
import type { Log } from './log.js';

/** Guards everything that will ever show a page in this app. */
export function guardContents(app: Pick<App, 'on'>, log: Log): void {
  app.on('web-contents-created', (_, contents) => guard(contents, log));
}

function guard(contents: WebContents, log: Log): void {
  const deny = (event: { preventDefault(): void; readonly url: string; readonly defaultPrevented: boolean }): void => {
    if (event.defaultPrevented) return; // the frame's own event came first
    event.preventDefault();
    log('navigation.denied', { url: event.url.slice(0, 200) });
  };
  contents.on('will-navigate', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log('window.denied', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
}

/** Denies every permission but copying text, which a person asks for by a press; looks up no spelling on the network. */
export function guardSession(session: Session): void {
  const granted = 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === granted));
  session.setPermissionCheckHandler((_contents, permission) => permission === granted);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
}
