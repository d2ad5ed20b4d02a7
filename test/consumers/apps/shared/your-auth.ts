/** Who is calling: put your own sessions here. In this stand-in a session is the name of its user. */

export interface User {
  id: string;
}

export async function authenticate(authorization: string | null | undefined): Promise<User | undefined> {
  switch (authorization) {
    case 'Bearer session-of-ann':
      return { id: 'ann' };
    case 'Bearer session-of-bob':
      return { id: 'bob' };
    case 'Bearer session-of-carol':
      return { id: 'carol' };
    case 'Bearer session-of-a-broken-store':
      throw new Error('connect to store://admin:fake-store-password@127.0.0.1 failed');
    default:
      return undefined;
  }
}
