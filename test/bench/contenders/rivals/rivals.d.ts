/**
 * What the benchmark uses of the rivals that the project itself does not install, so that this code is checked on a
 * clone without them.
 */

declare module 'fast-jwt' {
  export function createSigner(options: { key: string; algorithm: 'HS256' }): (claims: object) => string;
  export function createVerifier(options: {
    key: string;
    algorithms: ['HS256'];
    cache: false;
  }): (token: string) => object;
}

declare module 'uuid4' {
  export default function uuid4(): string;
}

declare module '@100mslive/server-sdk' {
  interface Validity {
    validForSeconds: number;
  }
  export class SDK {
    constructor(accessKey: string, secret: string);
    setLogLevel(level: 'silent'): void;
    readonly auth: {
      getAuthToken(params: Validity & { roomId: string; userId: string; role: string }): Promise<{ token: string }>;
      getManagementToken(params: Validity & { forceNew?: boolean }): Promise<{ token: string }>;
    };
  }
}
