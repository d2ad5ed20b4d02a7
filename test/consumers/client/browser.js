/** As much of a browser, and of 100ms's servers, as the 100ms web client needs to preview a room in Node.js. */

const ENDPOINT = 'wss://signalling.invalid/ws';

/** The tokens that the client sent, to either of the two servers. @type {string[]} */
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
      // Not at once: the client is not ready for it before the task in which it learns of the open connection is over.
      setImmediate(() => {
        this.#receive({ method: 'on-policy-change', params: policyFor(token) });
      });
    });
  }

  /** @param {string} text */
  send(text) {
    const { id } = JSON.parse(text);
    if (id !== undefined) setImmediate(() => this.#receive({ id, result: {} })); // pings; all else can go unanswered
  }

  close() {
    this.readyState = 3;
  }

  /** @param {object} message */
  #receive(message) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
}

/**
 * What the server grants: a role that publishes nothing, so that no camera is asked for. It reads the token as RFC 7519
 * has it.
 *
 * @param {string} token
 */
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
// Nothing ever happens here but on the socket.
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
  RTCPeerConnection: nothing, // only whether there is one is asked
  WebSocket: Socket,
  fetch,
  // Its loops never end; they must not keep the process alive.
  setTimeout: (/** @type {[() => void, number]} */ ...args) => setTimeout(...args).unref(),
  setInterval: (/** @type {[() => void, number]} */ ...args) => setInterval(...args).unref(),
};
for (const [name, value] of Object.entries(stubs)) {
  // Some of them Node.js has itself, by a getter.
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
