/** Fake credentials for tests and for `--demo`. */

/** Fake credentials, which the fixtures use by default. They don't grant access to anything. */
export const testCredentials: { readonly accessKey: string; readonly secret: string } = Object.freeze({
  accessKey: 'fake-access-key-for-tests',
  secret: 'fake-app-secret-for-tests-it-signs-nothing-real',
});
