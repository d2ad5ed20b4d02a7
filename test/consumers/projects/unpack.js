/** Puts the packed package where every project below finds it: into the node_modules of this folder. */

import { installInto } from '../../support/tarball.js';
import { home } from './support/run.js';

installInto(home);
