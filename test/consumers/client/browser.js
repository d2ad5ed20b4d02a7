/** Stubs for the parts of a browser and of the 100ms servers that the web client needs to preview a room in Node.js. */

const ENDPOINT = 'wss://signalling.invalid/ws';

/** Tokens that the client sent to the two servers. @type {string[]} */
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
      // In a later task, because the client ignores messages until it has handled the open event.
      setImmediate(() => this.#receive({ method: 'on-policy-change', params: policyFor(token) }));
    });
  }

  /** @param {string} text */
  send(text) {
    const { id } = JSON.parse(text);
    if (id !== undefined) setImmediate(() => this.#receive({ id, result: {} })); // answers pings; nothing else needs an answer
  }

  close() {
    this.readyState = 3;
  }

  /** @param {object} message */
  #receive(message) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
}

/** Returns the policy for the token's role, which publishes nothing, so the client needs no camera. @param {string} token */
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
const nothing = () => undefined;
const silent = { addEventListener: nothing, removeEventListener: nothing };
const mediaDevices = { ...silent, enumerateDevices: () => Promise.resolve([]) };
const { setTimeout, setInterval } = globalThis;

const element = () => ({ ...silent, style: {}, append: nothing, setAttribute: nothing });
const document = { ...silent, title: '', createElement: element, body: element() };

const stubs = {
  window: globalThis,
  ...silent,
  location: new URL('https://app.invalid/'),
  document,
  localStorage: {
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void stored.set(key, value),
    removeItem: (/** @type {string} */ key) => void stored.delete(key),
  },
  navigator: { mediaDevices, onLine: true, userAgent: 'Node.js' },
  AudioContext: class {
    state = 'running';
    addEventListener = nothing;
    createMediaElementSource = () => ({ connect: nothing });
  },
  RTCPeerConnection: nothing, // the client only checks that it exists
  WebSocket: Socket,
  fetch,
  // The client's timers never end. They must not keep the process alive.
  setTimeout: (/** @type {[() => void, number]} */ ...args) => setTimeout(...args).unref(),
  setInterval: (/** @type {[() => void, number]} */ ...args) => setInterval(...args).unref(),
};
for (const [name, value] of Object.entries(stubs)) {
  // Node.js defines some of them as getters.
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
