import { tokenEndpoint } from '../../../lib/token-endpoint.ts';

export default defineEventHandler((event) => tokenEndpoint(toWebRequest(event)));
