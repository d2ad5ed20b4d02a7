import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  {
    ignores: [
      'dist/',
      'coverage/',
      'test/consumers/**/built/',
      'test/consumers/types/*.?ts', // what is to fail, and what a user writes
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }], // as NestJS has them
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      'no-undef': 'off', // tsc checks names, in JavaScript too
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    // Its types are those of packages installed there: its own tsconfig.json checks them, in npm run test:consumers.
    files: ['test/consumers/**'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' }, // CommonJS is among what it tests
  },
);
