import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  // Else Astro answers 403 to mobile apps and other origins. The session is in a header, which no foreign form can send.
  security: { checkOrigin: false },
  vite: { build: { assetsInlineLimit: 0 } }, // for the tests: client scripts in files
});
