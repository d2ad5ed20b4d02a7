import 'server-only'; // a client component that imports this file fails to build

export { joinRoom } from './join-room.ts';
export { tokenEndpoint } from './token-endpoint.ts';
