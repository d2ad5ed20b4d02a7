import { createTokenBuilder } from '100ms-tokens';

console.log(createTokenBuilder().generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'host' }));
