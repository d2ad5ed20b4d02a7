export { tokenEndpoint as OPTIONS, tokenEndpoint as POST } from '../../../../lib/tokens.ts';
