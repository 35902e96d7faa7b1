/** The desktop app: what is set up, in which order. No bench logic; the only file of the shell that reads arguments and environment. */
import { join, resolve } from 'node:path';
import { app, ipcMain, protocol, safeStorage, session } from 'electron';
import type { Answer, Output } from '../engine/contract/calls.js';
import { systemClock } from '../engine/services/service.js';
import { dataFolder, keyFile } from '../headless/places.js';
import { appSchemePrivileges, serveApp } from './app-protocol.js';
import { Appearance } from './appearance.js';
import { stayAwake } from './awake.js';
import { chooseFile, saveFile } from './dialogs.js';
import { EngineKeeper } from './engine-keeper.js';
import { scrubbed } from './environment.js';
import { forkEngine } from './fork-engine.js';
import { openGateway } from './gateway.js';
import { guardContents, guardSession } from './guard.js';
import { fileLog } from './log.js';
import { Memory } from './memory.js';
import { tellOfKeyFile, tellOfLostKey, watchForFailure } from './notices.js';
import { readOptions } from './options.js';
import { SafeQuit } from './quit.js';
import { unlock } from './secrets.js';
import { startPhones } from './virtual-phones.js';
import { Windows } from './window.js';

const root = resolve(import.meta.dirname, '../..');
const built = (path: string): string => join(root, 'out', path);
const options = readOptions(process.argv.slice(1));
const environment = scrubbed(process.env);

// before anything waits: Electron may become ready at any moment
if (options.settings !== undefined) app.setPath('userData', resolve(options.settings));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
for (const quiet of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability'])
  app.commandLine.appendSwitch(quiet);

if (app.requestSingleInstanceLock()) await boot();
else app.exit(0);

async function boot(): Promise<void> {
  const settings = app.getPath('userData');
  const log = fileLog(join(settings, 'logs/shell.log'), () => systemClock.now());
  const memory = new Memory(join(settings, 'shell.json'));
  guardContents(app, log);
  await app.whenReady();

  const data = dataFolder(process.env, options.data);
  const file = keyFile(process.env);
  const fileIsGiven = (process.env['BENCHTONE_KEY_FILE'] ?? '') !== '';
  const key = await unlock({ sealed: join(settings, 'installation-key.sealed'), file, fileIsGiven }, safeStorage, process.platform);
  const appearance = new Appearance((event) => windows.tell(event));
  if (!key.ok) return tellOfLostKey(key.file, appearance.words);

  const engine = new EngineKeeper({
    fork: () => forkEngine(built('engine/engine.js'), environment, log),
    open: { dataFolder: data, installationKey: key.key, version: app.getVersion() },
    startPhones: (args) => startPhones(built('simulator/main.js'), args, environment),
    clock: systemClock,
    log,
  });
  const quit: SafeQuit = new SafeQuit({
    benchRuns: () => engine.benchRuns,
    stopEngine: () => engine.stop(),
    window: () => windows.first,
    words: () => appearance.words,
  });
  const windows: Windows = new Windows({
    preload: built('preload/preload.cjs'),
    icon: join(root, 'resources/icons/icon.png'),
    memory,
    log,
    news: () => engine.news,
    mayClose: () => quit.mayClose(),
  });
  const ask = engine.call.bind(engine);
  const shell = { memory, window: () => windows.first, words: () => appearance.words, engine: ask };

  guardSession(session.defaultSession);
  serveApp(protocol, built('renderer'));
  openGateway(ipcMain, {
    engine: async (name, input) => {
      const answer = await ask(name, input);
      if (name === 'settings.write' && answer.ok) void appearance.follow(ask);
      return answer;
    },
    own: { 'app.info': info, 'files.choose': (input) => chooseFile(input, shell), 'files.save': (input) => saveFile(input, shell) },
    isOurs: (id) => windows.isOurs(id),
    checkOutput: !app.isPackaged,
    log,
  });
  engine.on((event) => windows.tell(event));
  watchForFailure(engine, shell);
  stayAwake(engine);
  appearance.showMenu();
  app.on('second-instance', () => void windows.show());
  app.on('activate', () => void windows.show());

  engine.start();
  await windows.show();
  void appearance.follow(ask);
  if (key.kept === 'plain') await tellOfKeyFile(file, memory, shell);

  function info(): Promise<Answer> {
    const value: Output<'app.info'> = { version: app.getVersion(), host: 'desktop', platform: process.platform, dataFolder: data };
    return Promise.resolve({ ok: true, value });
  }
}
