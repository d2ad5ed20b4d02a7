'use client';

import { createTokenBuilder } from '100ms-tokens';

export default function Page() {
  return <p>{createTokenBuilder.name}</p>;
}
