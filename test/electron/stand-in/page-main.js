/**
 * The page's half of contextBridge, run before any script of the page. The two worlds share the document: an event's `detail` is cloned
 * from one to the other, and dispatching is synchronous, so calls, promises and callbacks all cross. `CHANNEL` is a name nobody can guess.
 */
(() => {
  const channel = CHANNEL;
  const page = document;
  const Detail = CustomEvent;
  const dispatch = page.dispatchEvent.bind(page);
  const promises = new Map();
  const callbacks = new Map();
  let last = 0;

  const fire = (name, detail) => dispatch(new Detail(channel + name, { detail }));
  const isPlain = (value) => value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  const members = (value, change) => Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member)]));

  function pack(value) {
    if (typeof value === 'function') {
      last += 1;
      callbacks.set(last, value);
      return { fn: last };
    }
    if (Array.isArray(value)) return { list: value.map(pack) };
    return isPlain(value) ? { members: members(value, pack) } : { value };
  }

  function unpack(packed) {
    if (packed.fn !== undefined) return remote(packed.fn);
    if (packed.list !== undefined) return packed.list.map(unpack);
    return packed.members === undefined ? packed.value : members(packed.members, unpack);
  }

  function remote(id) {
    return (...args) => {
      last += 1;
      const call = last;
      let answer;
      const hear = ({ detail }) => {
        if (detail.call === call) answer = detail;
      };
      page.addEventListener(`${channel}answer`, hear);
      fire('call', { call, id, args: args.map(pack) });
      page.removeEventListener(`${channel}answer`, hear);
      if (answer === undefined) throw new Error('stand-in: the bridge did not answer');
      if (answer.error !== undefined) throw new Error(answer.error);
      if (answer.later) return new Promise((resolve, reject) => promises.set(call, { resolve, reject }));
      return unpack(answer.value);
    };
  }

  function freeze(value) {
    if (value !== null && typeof value === 'object') {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  }

  page.addEventListener(`${channel}expose`, ({ detail }) => {
    Object.defineProperty(globalThis, detail.key, { value: freeze(unpack(detail.api)), enumerable: true });
  });
  page.addEventListener(`${channel}settled`, ({ detail }) => {
    const promise = promises.get(detail.call);
    promises.delete(detail.call);
    if (detail.error === undefined) promise.resolve(unpack(detail.value));
    else promise.reject(new Error(detail.error));
  });
  page.addEventListener(`${channel}callback`, ({ detail }) => callbacks.get(detail.id)?.(...detail.args.map(unpack)));
})();
