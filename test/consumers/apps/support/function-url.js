/**
 * A minimal AWS Lambda function URL on HOST and PORT. Passes each request as an event to the real runtime interface
 * client, which polls the runtime API (served here too), and responds with what the handler returned.
 *
 * `node function-url.js CLIENT HANDLER`
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { ReadableStream } from 'node:stream/web';

const [client = '', handler = ''] = process.argv.slice(2);
const { HOST, PORT, ...env } = process.env;
const API = '/2018-06-01/runtime/';

/** @type {ReadableStreamDefaultController<{ id: string; event: object }>} */
let queue;
const events = new ReadableStream({ start: (controller) => void (queue = controller) }).getReader();
/** @type {Map<string, import('node:http').ServerResponse>} open responses by request ID */
const open = new Map();

const server = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url ?? '', 'http://function');
  const body = await text(request);

  if (pathname === `${API}invocation/next`) {
    const { value } = await events.read();
    const headers = {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': value.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + 30_000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:token',
      'Lambda-Runtime-Trace-Id': 'Root=1-00000000-000000000000000000000000',
    };
    response.writeHead(200, headers).end(JSON.stringify(value.event));
  } else if (pathname.startsWith(API)) {
    const [, id = '', kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(pathname) ?? [];
    const result = kind === 'response' ? JSON.parse(body) : { statusCode: 502, body: 'Internal Server Error' };
    open.get(id)?.writeHead(result.statusCode, result.headers).end(result.body);
    response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
  } else {
    const id = crypto.randomUUID();
    open.set(id, response);
    const { method, headers } = request;
    const requestContext = { http: { method, path: pathname, protocol: 'HTTP/1.1' } };
    const route = { version: '2.0', routeKey: '$default', rawPath: pathname, rawQueryString: search.slice(1) };
    queue.enqueue({ id, event: { ...route, headers, requestContext, body, isBase64Encoded: false } });
  }
}).listen(Number(PORT), HOST);
await once(server, 'listening');

const own = {
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  AWS_LAMBDA_FUNCTION_NAME: 'token',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/token',
  AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
  AWS_LAMBDA_RUNTIME_API: `${HOST}:${PORT}`,
  LAMBDA_TASK_ROOT: process.cwd(),
  _HANDLER: handler,
};
const runtime = spawn(process.execPath, [client], { env: { ...env, ...own }, stdio: 'inherit' });
runtime.on('exit', () => process.exit(1));
