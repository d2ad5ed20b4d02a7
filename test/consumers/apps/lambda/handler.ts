import type { LambdaFunctionURLHandler } from 'aws-lambda';

import { joinRoom } from './join-room.ts';

// Set the origins of your pages in the function URL's own CORS configuration: Lambda then answers preflights itself.
export const handler: LambdaFunctionURLHandler = async (event) => {
  const roomId = /^\/rooms\/([^/]+)\/token$/.exec(event.rawPath)?.[1];
  const { status, body } =
    event.requestContext.http.method === 'POST' && roomId !== undefined
      ? await joinRoom(event.headers['authorization'], roomId)
      : { status: 404, body: { error: 'not found' } };
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  return { statusCode: status, headers, body: JSON.stringify(body) };
};
