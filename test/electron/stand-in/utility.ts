/** `utilityProcess`: a Node process of its own that talks to main by structured clone. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { app } from './app.js';
import { strict } from './strict.js';

class UtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'stdout' | 'stderr'> {
  private readonly child: ChildProcess;

  constructor(program: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    const { env, execArgv = [], stdio = 'inherit', cwd, serviceName: name = 'Node Utility Process' } = options;
    const way = typeof stdio === 'string' ? (stdio as 'inherit' | 'pipe' | 'ignore') : (stdio[1] ?? 'inherit');
    this.child = fork(join(import.meta.dirname, 'utility-boot.mjs'), [program, ...args], {
      serialization: 'advanced',
      stdio: ['ignore', way, way, 'ipc'],
      execArgv: [...execArgv],
      env: env as NodeJS.ProcessEnv | undefined,
      cwd,
    });
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    const { pid = 0 } = this.child;
    app.metrics.set(pid, { pid, type: 'Utility', name });
    this.child.on('exit', (code) => {
      app.metrics.delete(pid);
      this.emit('exit', code ?? 1);
    });
    return strict('UtilityProcess', this);
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.child.stdout;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.child.stderr;
  }

  postMessage(message: unknown): void {
    this.child.send(message as object, () => undefined);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

export const utilityProcess = {
  fork(program: string, args: readonly string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcess(program, args, options);
  },
};
