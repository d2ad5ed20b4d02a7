/** Who is in which room, and as what: put your own rooms here. In this stand-in Carol is in none. */

import type { User } from './your-auth.ts';

export type Role = 'host' | 'guest';

const ROOMS: Record<string, Record<string, Role>> = {
  '64f0c1a2b3d4e5f601234567': { ann: 'host', bob: 'guest' },
};

export async function roleInRoom(user: User, roomId: string): Promise<Role | undefined> {
  return ROOMS[roomId]?.[user.id];
}
