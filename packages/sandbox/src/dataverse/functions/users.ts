import type { FilterFunction } from '../../odata/index.js';
import { BUSINESS_UNIT, LANGUAGE } from '../organization.js';
import { negated, readArguments } from './arguments.js';

/** Compares a property with something about the user who asks. Nobody here has a team or anybody who reports to them. */
const equals =
  (wanted: (user: string | undefined) => string | undefined): FilterFunction =>
  (call, bind, { scope }) => {
    const { operand } = readArguments(call, bind);
    const expected = wanted(scope.user);
    return (row) => {
      const value = operand.read(row);
      return expected !== undefined && value !== null && String(value) === expected;
    };
  };

const user = equals((id) => id);
const businessUnit = equals(() => BUSINESS_UNIT);

export const userFunctions: Readonly<Record<string, FilterFunction>> = {
  EqualUserId: user,
  NotEqualUserId: negated(user),
  EqualUserOrUserTeams: user,
  EqualUserOrUserHierarchy: user,
  EqualUserOrUserHierarchyAndTeams: user,
  EqualUserTeams: equals(() => undefined),
  EqualUserLanguage: equals(() => LANGUAGE),
  EqualBusinessId: businessUnit,
  NotBusinessId: negated(businessUnit),
  EqualRoleBusinessId: businessUnit,
};
