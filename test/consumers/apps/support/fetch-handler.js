/** Serves the default export of a module, a function from `Request` to `Response`, on HOST and PORT: `node … FILE`. */

import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const { HOST, PORT } = process.env;
const { default: handler } = await import(pathToFileURL(path.resolve(process.argv[2] ?? '')).href);

createServer(async (request, response) => {
  const { method = '', url = '', headers } = request;
  const body = ['GET', 'HEAD'].includes(method) ? null : await buffer(request);
  const init = { method, headers: /** @type {any} */ (headers), body };
  const answer = await handler(new Request(`http://${HOST}:${PORT}${url}`, init));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}).listen(Number(PORT), HOST);
