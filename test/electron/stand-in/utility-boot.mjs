/** The first thing in a utility process: `process.parentPort`, then the program itself. */
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

const port = new EventEmitter();
const early = [];
Object.assign(port, { postMessage: (message) => process.send(message), start() {} });
process.on('message', (data) => (port.listenerCount('message') > 0 ? port.emit('message', { data, ports: [] }) : early.push(data)));
process.on('disconnect', () => process.exit(0)); // main is gone
port.on('newListener', (event) => {
  if (event === 'message') queueMicrotask(() => early.splice(0).forEach((data) => port.emit('message', { data, ports: [] })));
});
process.parentPort = port;
process.type = 'utility';

const [, , program] = process.argv;
process.argv.splice(1, 1);
await import(pathToFileURL(program).href);
