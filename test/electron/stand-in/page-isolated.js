/**
 * The preload's world: what a sandboxed preload may require, and the preload itself, verbatim. `CHANNEL`, `PROCESS`, `SUBFRAMES`, `CODEC`
 * and `PRELOAD` are filled in; `__standInSend` is a binding that only this world has.
 */
(() => {
  if (window !== window.top && !SUBFRAMES) return;
  const channel = CHANNEL;
  const codec = CODEC();
  const page = document;
  const send = globalThis.__standInSend;
  const functions = new Map();
  const listeners = new Map();
  const waiting = new Map();
  let last = 0;

  const fire = (name, detail) => page.dispatchEvent(new CustomEvent(channel + name, { detail }));
  const isPlain = (value) => value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  const members = (value, change) => Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member)]));
  const words = (error) => String(error instanceof Error ? error.message : error);

  function pack(value) {
    if (typeof value === 'function') {
      last += 1;
      functions.set(last, value);
      return { fn: last };
    }
    if (Array.isArray(value)) return { list: value.map(pack) };
    return isPlain(value) ? { members: members(value, pack) } : { value: structuredClone(value) };
  }

  function unpack(packed) {
    if (packed.fn !== undefined) return (...args) => void fire('callback', { id: packed.fn, args: args.map(pack) });
    if (packed.list !== undefined) return packed.list.map(unpack);
    return packed.members === undefined ? packed.value : members(packed.members, unpack);
  }

  page.addEventListener(`${channel}call`, ({ detail: { call, id, args } }) => {
    try {
      const result = functions.get(id)(...args.map(unpack));
      if (typeof result?.then !== 'function') return void fire('answer', { call, value: pack(result) });
      fire('answer', { call, later: true });
      result.then(
        (value) => fire('settled', { call, value: pack(value) }),
        (error) => fire('settled', { call, error: words(error) }),
      );
    } catch (error) {
      fire('answer', { call, error: words(error) });
    }
  });

  globalThis.__standInReceive = (text) => {
    const { kind, id, channel: name, args, value, error } = codec.decode(text);
    if (kind === 'send') {
      for (const listener of listeners.get(name) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...args);
      return;
    }
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  };

  const ipcRenderer = strict('ipcRenderer', {
    invoke(name, ...args) {
      last += 1;
      const id = last;
      send(codec.encode({ kind: 'invoke', id, channel: name, args }));
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    send: (name, ...args) => send(codec.encode({ kind: 'send', channel: name, args })),
    sendSync() {
      throw new Error('stand-in: electron.ipcRenderer.sendSync not implemented');
    },
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      return ipcRenderer;
    },
    off(name, listener) {
      const kept = [...(listeners.get(name) ?? [])];
      if (kept.includes(listener)) kept.splice(kept.lastIndexOf(listener), 1);
      listeners.set(name, kept);
      return ipcRenderer;
    },
  });
  const contextBridge = strict('contextBridge', { exposeInMainWorld: (key, api) => void fire('expose', { key, api: pack(api) }) });

  function strict(path, target) {
    return new Proxy(target, {
      get(object, key) {
        if (typeof key === 'symbol' || key in object) return object[key];
        throw new Error(`stand-in: electron.${path}.${key} not implemented`);
      },
    });
  }

  const modules = { electron: { contextBridge, ipcRenderer } };
  const require = (name) => {
    if (!(name in modules)) throw new Error(`module not found: ${name}`);
    return modules[name];
  };
  PRELOAD(require, Object.freeze(PROCESS), { exports: {} }, {});
})();
