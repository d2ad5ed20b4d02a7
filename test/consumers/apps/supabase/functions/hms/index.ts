import { tokenEndpoint } from './token-endpoint.ts';

Deno.serve(tokenEndpoint); // POST /functions/v1/hms/rooms/<room id>/token
