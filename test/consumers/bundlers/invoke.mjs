// What Lambda does with a handler: loads it, calls it with an event, and sends what it returns.
import { createRequire } from 'node:module';

const [, , bundle = ''] = process.argv;
const { handler } = bundle.endsWith('.cjs') ? createRequire(import.meta.url)(bundle) : await import(bundle);

console.log(JSON.stringify(await handler({ body: JSON.stringify({ roomId: 'room-1', userId: 'José' }) })));
