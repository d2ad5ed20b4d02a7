const { createTokenBuilder } = require('100ms-tokens');

const tokens = createTokenBuilder();

/** @param {{ body: string }} event */
exports.handler = async function handler(event) {
  const { roomId, userId } = JSON.parse(event.body);
  return {
    statusCode: 200,
    body: JSON.stringify({ token: tokens.generateAppToken({ roomId, userId, role: 'guest' }) }),
  };
};
