import { tokenFor, type Answer, type Json, type SandboxClient } from '../../client.test.support.js';
import { type SandboxOptions } from '../../index.js';
import { contract, mustCreate, startWithCompanies } from '../world.test.support.js';

const OUTSIDER = { clientId: '4f0a1d52-6be7-4c3e-9a3d-0b8c55d1e7aa', clientSecret: 'outsider-secret' };

/** An environment with two companies for one chapter of facts. */
export function environment(options: Partial<SandboxOptions> = {}) {
  let client: SandboxClient;
  before(async () => {
    client = await startWithCompanies(options);
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
    await mustCreate(client, 'ProjCDSProjectContracts', contract({ ProjectContractID: 'C-2', Name: 'Other' }));
  });
  after(() => client.sandbox.stop());
  const send = (method: string, path: string, body?: Json, headers?: Record<string, string>): Promise<Answer> =>
    client.finops(method, path, { ...(body === undefined ? {} : { body }), ...(headers && { headers }) });
  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    names: async (query: string): Promise<string[]> =>
      (await send('GET', `ProjCDSProjectContracts?$select=Name&${query}`)).json.value.map((row: Json) => row.Name),
    root: () => client.sandbox.finops.url,
    client: () => client,
    asOutsider: async () => {
      const { sandbox } = client;
      const token = await tokenFor({ ...sandbox, ...OUTSIDER }, sandbox.finops.url);
      return fetch(`${sandbox.finops.url}/data/Currencies`, { headers: { authorization: `Bearer ${token}` } });
    },
  };
}
