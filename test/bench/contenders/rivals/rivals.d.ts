/** Types of packages that only this folder installs, so that a clone without them passes the type check. */

declare module 'fast-jwt' {
  export function createSigner(options: object): (claims: object) => string;
  export function createVerifier(options: object): (token: string) => object;
}

declare module 'uuid4' {
  export default function uuid4(): string;
}

declare module '@100mslive/server-sdk' {
  export class SDK {
    constructor(accessKey: string, secret: string);
    readonly auth: { getAuthToken: (params: object) => Promise<{ token: string }> };
  }
}
