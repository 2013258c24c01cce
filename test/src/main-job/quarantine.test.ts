import { readFileSync } from 'node:fs';
import type { RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf } from '../support/finops.js';
import { totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf } from '../support/service.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';
