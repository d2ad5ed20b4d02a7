import { tokenEndpoint } from '#lib/server/token-endpoint.ts';
import type { RequestHandler } from './$types';

const answer: RequestHandler = ({ request }) => tokenEndpoint(request);

export { answer as OPTIONS, answer as POST };
