/** Installs the packed package into the `node_modules` of `test/consumers`, where every test finds it. */

import { installInto } from '../../support/tarball.js';
import { home } from './run.js';

installInto(home);
