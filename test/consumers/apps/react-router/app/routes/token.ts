import { tokenEndpoint } from '../token-endpoint.ts';

const answer = ({ request }: { request: Request }) => tokenEndpoint(request);

export { answer as action, answer as loader }; // the loader takes the preflight
