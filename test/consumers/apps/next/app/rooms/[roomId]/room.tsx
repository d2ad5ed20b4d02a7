'use client';

import { joinAgain } from './actions.ts';

export function Room({ roomId, token }: { roomId: string; token: string }) {
  // Here your page joins: hmsActions.join({ authToken: token, … })
  return <button onClick={() => joinAgain(roomId)}>{token}</button>;
}
