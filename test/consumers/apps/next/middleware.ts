import { createTokenBuilder } from '100ms-tokens';
export const middleware = () => new Response(createTokenBuilder.name);
export const config = { matcher: '/rooms/:roomId/token' };
