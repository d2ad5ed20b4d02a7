import { headers } from 'next/headers';

import { joinRoom } from '../../../lib/tokens.ts';
import { Room } from './room.tsx';

export default async function Page({ params }: { params: Promise<{ roomId: string }> }) {
  const { roomId } = await params;
  const { body } = await joinRoom((await headers()).get('Authorization'), roomId);
  return body.token === undefined ? <p>{body.error}</p> : <Room roomId={roomId} token={body.token} />;
}
