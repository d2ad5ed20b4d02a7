/** What a user of the recipes writes: here, a session is the name of its user. */

export interface User {
  id: string;
}

interface AnyRequest {
  headers: Headers | Record<string, string | string[] | undefined>;
}

export async function authenticateYourUser({ headers }: AnyRequest): Promise<User | undefined> {
  const authorization = headers instanceof Headers ? headers.get('authorization') : headers['authorization'];
  switch (authorization) {
    case 'Bearer session-of-ann':
      return { id: 'ann' };
    case 'Bearer session-of-bob':
      return { id: 'bob' };
    case 'Bearer session-of-carol':
      return { id: 'carol' };
    case 'Bearer session-without-a-user':
      return { id: '' }; // no token can be made for it
    case 'Bearer session-of-a-broken-store':
      throw new Error('connect to store://admin:fake-store-password@127.0.0.1 failed');
    default:
      return undefined;
  }
}
