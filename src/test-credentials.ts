/** Fake credentials, for tests and for `--demo`. */

/** Fake credentials: what the fixtures are signed with unless told otherwise. They open nothing. */
export const testCredentials: { readonly accessKey: string; readonly secret: string } = Object.freeze({
  accessKey: 'fake-access-key-for-tests',
  secret: 'fake-app-secret-for-tests-it-signs-nothing-real',
});
