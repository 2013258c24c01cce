import type { Schema } from '../store/index.js';
import type { Call } from './call.js';
import { accessDenied } from './refusals.js';

/** The roles of the user must open the entity. @throws Refusal */
export function requireAccess({ user }: Call, { model }: Schema): void {
  if (user.withheld.has(model)) throw accessDenied(model);
}
