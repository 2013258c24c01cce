import type { Schema } from '../store/index.js';
import type { Call } from './call.js';
import { accessDenied, companyDenied } from './refusals.js';
import { mayEnter, type User } from './users.js';

/** The roles of the user must open the entity. @throws Refusal */
export function requireAccess({ user }: Pick<Call, 'user'>, { model }: Pick<Schema, 'model'>): void {
  if (user.withheld.has(model)) throw accessDenied(model);
}

/** The user must be allowed into the company. @throws Refusal */
export function requireCompanyOf(user: User, company: string): void {
  if (!mayEnter(user, company)) throw companyDenied(company);
}
