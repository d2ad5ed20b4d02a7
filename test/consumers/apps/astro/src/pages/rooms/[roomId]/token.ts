import type { APIRoute } from 'astro';

import { tokenEndpoint } from '../../../lib/token-endpoint.ts';

const answer: APIRoute = ({ request }) => tokenEndpoint(request);

export { answer as OPTIONS, answer as POST };
