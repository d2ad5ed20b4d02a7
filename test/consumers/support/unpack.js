/** Puts the packed package where every test finds it: into the `node_modules` of `test/consumers`. */

import { installInto } from '../../support/tarball.js';
import { home } from './run.js';

installInto(home);
