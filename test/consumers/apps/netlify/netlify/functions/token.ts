import { tokenEndpoint } from '../../server/token-endpoint.ts';

export default tokenEndpoint;

export const config = { path: '/rooms/:roomId/token' };
