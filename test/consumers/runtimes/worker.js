import * as main from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import probe from './probe.cjs';

const { createTokenBuilder } = main;

/** @typedef {{ HMS_ACCESS_KEY: string; HMS_SECRET: string }} Env */

/** @type {Record<string, (env: Env) => unknown>} */
const routes = {
  '/probe': () => probe(main, testing),
  '/bindings'({ HMS_ACCESS_KEY, HMS_SECRET }) {
    const tokens = createTokenBuilder({ accessKey: HMS_ACCESS_KEY, secret: HMS_SECRET });
    return tokens.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'guest' });
  },
  '/environment': () => createTokenBuilder().generateManagementToken({ issuedAt: 1_800_000_000, jti: 'fixed' }),
};

export default {
  /**
   * @param {Request} request
   * @param {Env} env
   */
  fetch(request, env) {
    const route = routes[new URL(request.url).pathname];
    return route === undefined ? new Response(null, { status: 404 }) : Response.json(route(env));
  },
};
