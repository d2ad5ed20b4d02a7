'use server';

import { headers } from 'next/headers';

import { joinRoom } from '../../../lib/tokens.ts';

/** A fresh token for each join, asked for by client code. */
export async function joinAgain(roomId: string) {
  return joinRoom((await headers()).get('Authorization'), roomId);
}
