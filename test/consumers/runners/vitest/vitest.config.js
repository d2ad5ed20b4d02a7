import { defineConfig } from 'vitest/config';

export default defineConfig({}); // without a file of its own, Vitest takes the next one up: that of this repository
