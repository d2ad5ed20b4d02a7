/**
 * Uses the package, and looks for its secrets in the Buffers that any other code can create. Needs its own process or
 * worker, because other Buffers would overwrite the memory.
 */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';

import { createTokenBuilder, decodeToken, signToken, verifyToken } from '../../src/index.js';

// Put together at run time, because Node.js 24 reads source files into the memory that small Buffers share.
const text = (name: string) => ['fake', 'text', 'in', 'memory', '0123456789', name].join('-');

/** Returns what was found, and after which step. */
export async function leaks(): Promise<string[]> {
  const secret = text('secret');
  const userId = text('user');
  const found: [step: string, memory: string][] = [];

  function look(step: string): void {
    const buffers = [Buffer.from('x'), structuredClone(Buffer.from('x'))];
    for (let count = 0; count < 50; count++) buffers.push(Buffer.allocUnsafe(8192), Buffer.allocUnsafe(4000));
    const latin1 = new TextDecoder('latin1');
    for (const { buffer } of buffers) found.push([step, latin1.decode(new Uint8Array(buffer))]);
  }

  const builder = createTokenBuilder({ accessKey: text('key'), secret });
  look('building');
  const token = builder.generateAppToken({ roomId: text('room'), userId, role: 'guest' });
  look('generateAppToken');
  const signed = signToken(decodeToken(token).claims, secret);
  look('signToken');
  verifyToken(token, secret);
  builder.verifyAppToken(signed);
  look('verifying');
  const forged = token.replace(/\.[^.]*\./, `.${btoa('{"type":"app","role":"admin"} ')}.`);
  for (const verify of [() => builder.verifyAppToken(forged), () => verifyToken(forged, secret)]) {
    try {
      verify();
    } catch {
      look('failing to verify');
    }
  }
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let round = 0; round < 20; round++) {
    for (let call = 0; call < 300; call++) {
      createTokenBuilder({ accessKey: text('key'), secret });
      signToken({}, text('another'));
      verifyToken(signToken(decodeToken(token).claims, secret), secret);
    }
    collect();
    await setImmediate(); // keys that were collected are overwritten now, and freed next time
    look('freeing memory');
  }

  const [own, right] = [token, forged].map((jwt) =>
    createHmac('sha256', secret)
      .update(jwt.slice(0, jwt.lastIndexOf('.')))
      .digest(),
  );
  const searched = {
    'the secret': secret,
    'the user ID': userId,
    'the payload': token.split('.')[1],
    'the signature': own?.toString('base64url'),
    'the bytes of the signature': own?.toString('latin1'),
    'the right signature of the forged token': right?.toString('base64url'),
    'the bytes of the right signature of the forged token': right?.toString('latin1'),
  };
  // Without the start, which freeing memory overwrites.
  return Object.entries(searched).flatMap(([what, value = '']) =>
    found.filter(([, memory]) => memory.includes(value.slice(16))).map(([step]) => `${what} after ${step}`),
  );
}
