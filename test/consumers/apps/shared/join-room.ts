import { createTokenBuilder, type TokenBuilder } from '100ms-tokens';
import { authenticate } from './your-auth.ts';
import { type Role, roleInRoom } from './your-rooms.ts';

let tokens: TokenBuilder<Role> | undefined; // made on first use: a build loads this file without the credentials

/** Who asks, for which room, and as what they may join it. The role is never taken from the request. */
export async function joinRoom(authorization: string | null | undefined, roomId: string) {
  try {
    const user = await authenticate(authorization);
    if (user === undefined) return { status: 401, body: { error: 'unauthorized' } };
    if (!/^[0-9a-f]{24}$/.test(roomId)) return { status: 400, body: { error: 'bad room id' } };
    const role = await roleInRoom(user, roomId);
    if (role === undefined) return { status: 403, body: { error: 'forbidden' } };
    tokens ??= createTokenBuilder<Role>({ expiresIn: '1h' }); // reads HMS_ACCESS_KEY and HMS_SECRET
    return { status: 200, body: { token: tokens.generateAppToken({ roomId, userId: user.id, role }) } };
  } catch (error) {
    console.error(error); // for you: the caller learns nothing of it
    return { status: 500, body: { error: 'internal error' } };
  }
}
