import { createFileRoute } from '@tanstack/react-router';

import { tokenEndpoint } from '../server/token-endpoint.ts';

const answer = ({ request }: { request: Request }) => tokenEndpoint(request);

export const Route = createFileRoute('/rooms/$roomId/token')({
  server: { handlers: { ANY: answer } },
});
