import * as main from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import probe from './probe.cjs';

export default {
  /**
   * @param {Request} _request
   * @param {{ HMS_ACCESS_KEY: string; HMS_SECRET: string }} bindings
   */
  fetch(_request, { HMS_ACCESS_KEY, HMS_SECRET }) {
    const tokens = main.createTokenBuilder({ accessKey: HMS_ACCESS_KEY, secret: HMS_SECRET });
    const token = tokens.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'guest' });
    return Response.json({ report: probe(main, testing), userOfBindings: tokens.verifyAppToken(token).user_id });
  },
};
