import { tokenEndpoint } from './token-endpoint.ts';

export default { fetch: tokenEndpoint };
