import { EMPTY_GUID, isGuid } from '../odata/index.js';
import type { ODataRequest } from '../odata/index.js';
import type { Store, Value } from '../store/index.js';
import { APPLICATION_USER } from '../model/index.js';
import { mayNotImpersonate, notAMember, privilegeDenied } from './refusals.js';
import type { ResolvedSwitches } from './switches.js';

/** Who a request acts as, and in whose name the application does it. */
export interface Caller {
  readonly user: string;
  /** The application's own user, where it acts on behalf of another. */
  readonly onBehalfBy: string | null;
}

const APPLICATION: Caller = { user: APPLICATION_USER.systemuserid, onBehalfBy: null };

/** Switching off custom logic takes a privilege, though here is none to be switched off. */
const BYPASSES = [
  ['mscrm.bypasscustompluginexecution', 'prvBypassCustomPlugins'],
  ['mscrm.bypassbusinesslogicexecution', 'prvBypassCustomBusinessLogic'],
] as const;

/** The application user or, by `CallerObjectId` or `MSCRMCallerID`, the user whom it impersonates. */
export function callerOf({ headers }: ODataRequest, store: Store, { withheldPrivileges }: ResolvedSwitches): Caller {
  for (const [header, privilege] of BYPASSES) {
    const given = headers[header];
    if (given && given !== 'false' && lacks(withheldPrivileges, privilege)) {
      throw privilegeDenied(APPLICATION.user, privilege);
    }
  }
  const objectId = headers.callerobjectid;
  const userId = headers.mscrmcallerid;
  const wanted = objectId ?? userId;
  if (wanted === undefined || wanted === EMPTY_GUID) return APPLICATION;
  const found = isGuid(wanted) ? findUser(store, wanted.toLowerCase(), objectId !== undefined) : null;
  if (found === null) throw notAMember();
  if (found === APPLICATION.user) return APPLICATION;
  if (lacks(withheldPrivileges, 'prvActOnBehalfOfAnotherUser')) throw mayNotImpersonate(APPLICATION.user);
  return { user: found, onBehalfBy: APPLICATION.user };
}

function findUser(store: Store, id: string, byObjectId: boolean): string | null {
  const users = store.entity('systemuser');
  const { byName } = users?.schema ?? {};
  const [objectId, userId] = [byName?.get('azureactivedirectoryobjectid'), byName?.get('systemuserid')];
  if (!users) return null;
  const row = byObjectId ? [...users.pages.scan()].find(({ values }) => at(values, objectId) === id) : users.byKey(id);
  return row ? String(at(row.values, userId)) : null;
}

const at = (values: readonly Value[], column: { readonly slot: number } | undefined): Value =>
  (column && values[column.slot]) ?? null;

/** Refuses where the application user lacks the privilege for what a request does to a table. */
export function demandPrivilege(
  verb: 'Create' | 'Read' | 'Write' | 'Delete',
  entity: string,
  { withheldPrivileges }: ResolvedSwitches,
): void {
  const privilege = `prv${verb}${entity}`;
  if (lacks(withheldPrivileges, privilege)) throw privilegeDenied(APPLICATION.user, privilege, entity);
}

const lacks = (withheld: readonly string[], privilege: string): boolean =>
  withheld.some((each) => each.toLowerCase() === privilege.toLowerCase());
