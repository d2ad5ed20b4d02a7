import { createTokenBuilder } from '100ms-tokens';

console.log(createTokenBuilder().generateManagementToken({ issuedAt: 1_800_000_000, jti: 'fixed' }));
