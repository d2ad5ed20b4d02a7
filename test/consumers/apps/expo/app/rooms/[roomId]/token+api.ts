export { tokenEndpoint as OPTIONS, tokenEndpoint as POST } from '../../../server/token-endpoint.ts';
