import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Else SvelteKit answers 403 to mobile apps and other origins. The session is in a header, which no foreign form
      // can send.
      csrf: { trustedOrigins: ['*'] },
    }),
  ],
});
