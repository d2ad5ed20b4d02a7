/** The bundlers, each as its users set it up: for a Node.js server, and for a browser. */

import path from 'node:path';
import { promisify } from 'node:util';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';

import { run } from './run.js';
import { runtime } from './runtimes.js';

/**
 * Bundles `entry` into the folder `outdir`, and rejects if the bundler finds a fault.
 *
 * @callback Bundle
 * @param {string} entry
 * @param {string} outdir
 * @param {'esm' | 'cjs'} format
 * @returns {Promise<string>} the path of the bundle
 */

/** @type {Record<string, { server: Bundle; client: Bundle }>} */
export const bundlers = {
  esbuild: {
    server: (entry, outdir, format) => withEsbuild(entry, outdir, format, 'node'),
    client: (entry, outdir, format) => withEsbuild(entry, outdir, format, 'browser'),
  },
  rollup: {
    server: (entry, outdir, format) => withRollup(entry, outdir, format, { preferBuiltins: true }),
    client: (entry, outdir, format) => withRollup(entry, outdir, format, { browser: true }),
  },
  webpack: {
    server: (entry, outdir, format) => withWebpack(entry, outdir, format, 'node18'),
    client: (entry, outdir, format) => withWebpack(entry, outdir, format, 'web'),
  },
  vite: {
    server: (entry, outdir, format) =>
      withVite(entry, outdir, format, { build: { ssr: true }, ssr: { noExternal: true } }),
    client: (entry, outdir, format) => withVite(entry, outdir, format, {}),
  },
  Bun: {
    server: (entry, outdir, format) => withBun(entry, outdir, format, 'node'),
    client: (entry, outdir, format) => withBun(entry, outdir, format, 'browser'),
  },
};

const fileName = (format) => (format === 'esm' ? 'bundle.mjs' : 'bundle.cjs');

async function withEsbuild(entry, outdir, format, platform) {
  const outfile = path.join(outdir, fileName(format));
  await esbuild.build({ entryPoints: [entry], outfile, bundle: true, format, platform, logLevel: 'silent' });
  return outfile;
}

async function withRollup(entry, outdir, format, resolveOptions) {
  const file = path.join(outdir, fileName(format));
  const build = await rollup({ input: entry, plugins: [nodeResolve(resolveOptions), commonjs()], logLevel: 'silent' });
  await build.write({ file, format, inlineDynamicImports: true });
  await build.close();
  return file;
}

async function withWebpack(entry, outdir, format, target) {
  const filename = fileName(format);
  const library = { type: format === 'esm' ? 'module' : 'commonjs2' };
  const compiler = webpack({
    mode: 'production',
    context: path.dirname(entry),
    entry,
    target,
    output: {
      path: outdir,
      filename,
      library,
      module: format === 'esm',
      chunkFormat: format === 'esm' ? 'module' : 'commonjs',
    },
    experiments: { outputModule: format === 'esm' },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  return path.join(outdir, filename);
}

async function withVite(entry, outdir, format, { build, ssr }) {
  const entryFileNames = fileName(format);
  await vite.build({
    configFile: false,
    root: path.dirname(entry),
    logLevel: 'silent',
    ssr,
    build: {
      ...build,
      outDir: outdir,
      emptyOutDir: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { entryFileNames, format } },
    },
  });
  return path.join(outdir, entryFileNames);
}

async function withBun(entry, outdir, format, target) {
  const outfile = path.join(outdir, fileName(format));
  const args = ['build', entry, '--outfile', outfile, '--target', target, '--format', format];
  await run(runtime('Bun').binary, args, { cwd: path.dirname(entry) });
  return outfile;
}
