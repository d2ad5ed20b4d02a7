/**
 * A function URL of AWS Lambda as far as a function can see: takes a request on HOST and PORT, hands it as an event to
 * the real runtime interface client, which asks for it at the runtime API, and answers what the handler returned.
 *
 * `node function-url.js <the client's program> <handler>`
 */

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import process from 'node:process';
import { text } from 'node:stream/consumers';

const [client = '', handler = ''] = process.argv.slice(2);
const { HOST = '', PORT = '', ...env } = process.env;

/** @type {((runtime: import('node:http').ServerResponse) => void)[]} what hands an event to a runtime that asks */
const events = [];
/** @type {import('node:http').ServerResponse[]} the runtime, while it waits for an event */
const waiting = [];
/** @type {Map<string, (result: any) => void>} what answers a caller, by the id of the request */
const callers = new Map();

function match() {
  if (events.length === 0 || waiting.length === 0) return;
  const runtime = waiting.shift();
  if (runtime !== undefined) events.shift()?.(runtime);
}

const api = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://runtime');
  if (pathname.endsWith('/invocation/next')) {
    waiting.push(response);
    match();
    return;
  }
  const [, id = '', kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(pathname) ?? [];
  const body = JSON.parse(await text(request));
  callers.get(id)?.(kind === 'response' ? body : { statusCode: 502, body: 'Internal Server Error' });
  response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
});

const url = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url ?? '', 'http://function');
  const body = await text(request);
  const id = crypto.randomUUID();
  callers.set(id, ({ statusCode, headers, body }) => response.writeHead(statusCode, headers).end(body));
  events.push((runtime) => {
    runtime.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + 30_000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:token',
      'Lambda-Runtime-Trace-Id': 'Root=1-00000000-000000000000000000000000',
    });
    runtime.end(
      JSON.stringify({
        version: '2.0',
        routeKey: '$default',
        rawPath: pathname,
        rawQueryString: search.slice(1),
        headers: request.headers,
        requestContext: { http: { method: request.method, path: pathname, protocol: 'HTTP/1.1' } },
        body,
        isBase64Encoded: false,
      }),
    );
  });
  match();
});

api.listen(0, HOST, () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (api.address());
  const own = {
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_NAME: 'token',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/token',
    AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
    AWS_LAMBDA_RUNTIME_API: `${HOST}:${port}`,
    LAMBDA_TASK_ROOT: process.cwd(),
    _HANDLER: handler,
  };
  const runtime = spawn(process.execPath, [client], { env: { ...env, ...own }, stdio: 'inherit' });
  runtime.on('exit', () => process.exit(1));
});
url.listen(Number(PORT), HOST);
