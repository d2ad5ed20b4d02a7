/** The bundlers, configured as their users configure them: for a Node.js server, and for a client app. */

import path from 'node:path';
import { promisify } from 'node:util';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import Metro from 'metro';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';

import { installed, run } from './run.js';
import { runtime } from './runtimes.js';

/**
 * Bundles `entry` into the folder `outdir`, and rejects if the bundler reports an error.
 *
 * @callback Bundle
 * @param {string} entry
 * @param {string} outdir
 * @param {'esm' | 'cjs'} format
 * @returns {Promise<string>} the path of the bundle
 */

const FILES = { esm: 'bundle.mjs', cjs: 'bundle.cjs' };

/** @type {(platform: 'node' | 'browser') => Bundle} */
const withEsbuild = (platform) => async (entry, outdir, format) => {
  const outfile = path.join(outdir, FILES[format]);
  await esbuild.build({ entryPoints: [entry], outfile, bundle: true, format, platform, logLevel: 'silent' });
  return outfile;
};

/** @type {(options: import('@rollup/plugin-node-resolve').RollupNodeResolveOptions) => Bundle} */
const withRollup = (options) => async (entry, outdir, format) => {
  const file = path.join(outdir, FILES[format]);
  const plugins = [nodeResolve(options), /** @type {any} */ (commonjs)()]; // its types describe a namespace
  const build = await rollup({ input: entry, plugins, logLevel: 'silent' });
  await build.write({ file, format, inlineDynamicImports: true });
  await build.close();
  return file;
};

/** @type {(target: string) => Bundle} */
const withWebpack = (target) => async (entry, outdir, format) => {
  const module = format === 'esm';
  const compiler = webpack({
    mode: 'production',
    context: path.dirname(entry),
    entry,
    target,
    output: {
      path: outdir,
      filename: FILES[format],
      library: { type: module ? 'module' : 'commonjs2' },
      module,
      chunkFormat: module ? 'module' : 'commonjs',
    },
    experiments: { outputModule: module },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats?.hasErrors() !== false) throw new Error(stats?.toString({ all: false, errors: true }));
  return path.join(outdir, FILES[format]);
};

/** @type {(options: vite.InlineConfig) => Bundle} */
const withVite = (options) => async (entry, outdir, format) => {
  const output = /** @type {const} */ ({ entryFileNames: FILES[format], format });
  await vite.build({
    ...options,
    configFile: false,
    root: path.dirname(entry),
    logLevel: 'silent',
    build: {
      ...options.build,
      outDir: outdir,
      emptyOutDir: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output },
    },
  });
  return path.join(outdir, FILES[format]);
};

/** @type {(target: 'node' | 'browser') => Bundle} */
const withBun = (target) => async (entry, outdir, format) => {
  const outfile = path.join(outdir, FILES[format]);
  const args = ['build', entry, '--outfile', outfile, '--target', target, '--format', format];
  await run(runtime('Bun').binary, args, { cwd: path.dirname(entry) });
  return outfile;
};

/** Parcel 2 with its defaults, which ignore `exports`. Nothing is installed or cached. @type {Bundle} */
async function withParcel(entry, outdir) {
  const flags = ['--no-autoinstall', '--no-cache', '--no-source-maps', '--dist-dir', outdir];
  const cwd = path.dirname(entry);
  await run(process.execPath, [installed('parcel/lib/bin.js'), 'build', entry, ...flags], { cwd });
  return path.join(outdir, 'client.js');
}

/** Metro 0.80 (React Native 0.73 to 0.76), which ignores `exports`. @type {Bundle} */
async function withOldMetro(entry, outdir) {
  const projectRoot = path.dirname(entry);
  const out = path.join(outdir, 'client.js');
  const settings = {
    projectRoot,
    watchFolders: [projectRoot, installed('metro-runtime')],
    cacheStores: [],
    reporter: { update: () => undefined },
    resolver: {
      useWatchman: false,
      nodeModulesPaths: [installed('')],
      resolverMainFields: ['react-native', 'main'], // React Native's value also has `browser`, which Parcel tests
    },
    transformer: {
      getTransformOptions: async () => ({ transform: { experimentalImportSupport: true, inlineRequires: false } }),
    },
  };
  const config = await Metro.loadConfig({ cwd: projectRoot }, settings);
  await Metro.runBuild(config, { entry, out, dev: false, minify: true, platform: 'android' });
  return out;
}

/** @satisfies {Record<string, { server?: Bundle; client: Bundle }>} */
export const bundlers = {
  esbuild: { server: withEsbuild('node'), client: withEsbuild('browser') },
  rollup: { server: withRollup({ preferBuiltins: true }), client: withRollup({ browser: true }) },
  webpack: { server: withWebpack('node20.12'), client: withWebpack('web') },
  vite: { server: withVite({ build: { ssr: true }, ssr: { noExternal: true } }), client: withVite({}) },
  Bun: { server: withBun('node'), client: withBun('browser') },
  'Parcel 2': { client: withParcel },
  'Metro 0.80': { client: withOldMetro },
};
