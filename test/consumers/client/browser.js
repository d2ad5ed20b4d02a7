/** Stubs of a browser and of the 100ms servers, enough for the 100ms web client to preview a room in Node.js. */

const ENDPOINT = 'wss://signalling.invalid/ws';

/** The tokens that the client sent to either server. @type {string[]} */
export const sentTokens = [];

class Socket extends EventTarget {
  static OPEN = 1;
  readyState = Socket.OPEN;

  /** @param {string} url */
  constructor(url) {
    super();
    const token = new URL(url).searchParams.get('token') ?? '';
    sentTokens.push(token);
    setImmediate(() => {
      this.dispatchEvent(new Event('open'));
      // The client is ready for messages only after the task in which it learns of the open connection.
      setImmediate(() => {
        this.#receive({ method: 'on-policy-change', params: policyFor(token) });
      });
    });
  }

  /** @param {string} text */
  send(text) {
    const { id } = JSON.parse(text);
    if (id !== undefined) setImmediate(() => this.#receive({ id, result: {} })); // pings; others need no answer
  }

  close() {
    this.readyState = 3;
  }

  /** @param {object} message */
  #receive(message) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
}

/** Grants a role that publishes nothing, so that the client needs no camera. @param {string} token */
function policyFor(token) {
  const { role } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const policy = { name: role, priority: 1, publishParams: { allowed: [] }, subscribeParams: {}, permissions: {} };
  return { name: role, known_roles: { [role]: policy }, template_id: 'template-1' };
}

/** @param {string} url @param {RequestInit} [init] */
async function fetch(url, init) {
  if (new URL(url).pathname === '/init')
    sentTokens.push(String(new Headers(init?.headers).get('authorization')).slice(7));
  return Response.json({ endpoint: ENDPOINT, config: {}, rtcConfiguration: { ice_servers: [] } });
}

/** @type {Map<string, string>} */
const stored = new Map();
const noop = () => undefined;
const silent = { addEventListener: noop, removeEventListener: noop };
const mediaDevices = { ...silent, enumerateDevices: () => Promise.resolve([]) };
const element = () => ({ ...silent, style: {}, append: noop, setAttribute: noop });
const { setTimeout, setInterval } = globalThis;

const stubs = {
  window: globalThis,
  ...silent,
  location: new URL('https://app.invalid/'),
  document: { ...silent, title: '', createElement: element, body: element() },
  localStorage: {
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void stored.set(key, value),
    removeItem: (/** @type {string} */ key) => void stored.delete(key),
  },
  navigator: { mediaDevices, onLine: true, userAgent: 'Node.js' },
  AudioContext: class {
    state = 'running';
    addEventListener = noop;
    createMediaElementSource = () => ({ connect: noop });
  },
  RTCPeerConnection: noop, // the client only asks whether it exists
  WebSocket: Socket,
  fetch,
  // The client's endless loops must not keep the process alive.
  setTimeout: (/** @type {[() => void, number]} */ ...args) => setTimeout(...args).unref(),
  setInterval: (/** @type {[() => void, number]} */ ...args) => setInterval(...args).unref(),
};
for (const [name, value] of Object.entries(stubs)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true }); // some have only a getter
}
