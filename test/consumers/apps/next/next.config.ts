import path from 'node:path';

export default {
  outputFileTracingRoot: path.resolve('.'), // there are lock files further up
  turbopack: { root: path.resolve('.') },
};
