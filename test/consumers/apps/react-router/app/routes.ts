import { type RouteConfig, route } from '@react-router/dev/routes';

export default [
  route('rooms/:roomId/token', 'routes/token.ts'),
  route('mistake', 'routes/mistake.tsx'),
] satisfies RouteConfig;
