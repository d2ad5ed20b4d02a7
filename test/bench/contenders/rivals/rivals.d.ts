/** What is used of the rivals that only this folder installs, so that it is checked on a clone without them. */

declare module 'fast-jwt' {
  export function createSigner(options: object): (claims: object) => string;
  export function createVerifier(options: object): (token: string) => object;
}

declare module 'uuid4' {
  export default function uuid4(): string;
}

declare module '@100mslive/server-sdk' {
  type Make = (params: object) => Promise<{ token: string }>;
  export class SDK {
    constructor(accessKey: string, secret: string);
    setLogLevel(level: 'silent'): void;
    readonly auth: { getAuthToken: Make; getManagementToken: Make };
  }
}
