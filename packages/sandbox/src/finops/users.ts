import { IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { errors } from '../errors.js';
import type { EntityModel } from '../model/index.js';

/** The user that a client id is mapped to: it decides about companies and security. */
export class FinopsUser {
  @IsNotEmpty()
  @IsString()
  readonly clientId!: string;
  /** Where the user is unless told otherwise; usmf. */
  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly company?: string;
  /** What the user may read and write beside the default company; every company unless told. */
  @IsOptional()
  @IsString({ each: true })
  readonly companies?: readonly string[];
  /** Entities that no role of the user opens, by public name or by that in the application object tree; none. */
  @IsOptional()
  @IsString({ each: true })
  readonly withheldEntities?: readonly string[];
}

/** A user, as the service asks about one. */
export interface User {
  readonly company: string;
  /** Every company that may be entered; all where left out. */
  readonly companies?: readonly string[];
  readonly withheld: ReadonlySet<EntityModel>;
}

/** Whom a client id is mapped to that the options say nothing of: usmf, and everything. */
export const USUAL_USER: User = { company: 'usmf', withheld: new Set() };

export const mayEnter = ({ companies }: User, company: string): boolean => companies?.includes(company) ?? true;

/**
 * By client id.
 *
 * @throws SANDBOX_OPTION_INVALID where a client has two users, or an entity is not there
 */
export function usersOf(options: readonly FinopsUser[], models: readonly EntityModel[]): ReadonlyMap<string, User> {
  const users = new Map<string, User>();
  for (const { clientId, company: given = USUAL_USER.company, companies, withheldEntities = [] } of options) {
    if (users.has(clientId)) throw invalid(clientId, 'a client id is mapped to one user');
    const company = given.toLowerCase();
    const withheld = withheldEntities.map((name) => {
      const model = models.find((each) => each.name === name || each.aotName === name);
      if (!model) throw invalid(clientId, `there is no entity ${name}`);
      return model;
    });
    users.set(clientId, {
      company,
      ...(companies && { companies: [company, ...companies.map((each) => each.toLowerCase())] }),
      withheld: new Set(withheld),
    });
  }
  return users;
}

const invalid = (clientId: string, reason: string) =>
  errors.SANDBOX_OPTION_INVALID({ option: 'finops.users', reason: `${clientId}: ${reason}` });
