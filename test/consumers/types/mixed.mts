// A program in both module formats. The types of each format are assignable to the types of the other.

import type { AppToken, ManagementToken } from '100ms-tokens';

import type * as cjs from './built/program.cjs';
import type * as esm from './built/program.mjs';

declare let ofCommonJs: cjs.Everything;
declare let ofEsModules: esm.Everything;
ofCommonJs = ofEsModules;
ofEsModules = ofCommonJs;

// The same with emitted declarations. Still, one token isn't assignable to the other.
declare const emitted: typeof cjs;
export const appToken: AppToken = emitted.appToken;
export const managementToken: ManagementToken = emitted.managementToken;
export const wrong: AppToken = emitted.managementToken; // TS2322
