import { expect } from 'chai';
import type { Json } from './support.test.support.js';
import { Environment, idIn, refusal } from './support.test.support.js';

describe('protocols A5: N:N relationships', () => {
  const { send, get, create } = new Environment();
  const collection = 'systemuserroles_association';
  let user = '';
  let role = '';

  const rolesOf = async (address: string): Promise<string[]> =>
    (await get(`${address}/${collection}?$select=name`)).json.value.map((each: Json) => each.name);

  before(async () => {
    user = await create('systemusers', { internalemailaddress: 'u@contoso.example', fullname: 'U' });
    role = await create('roles', { name: 'Project Manager' });
  });

  it('A5: rows are associated by reference, once, and disassociated', async () => {
    const reference = `${user}/${collection}/$ref`;
    expect((await send('POST', reference, { '@odata.id': role })).status).to.equal(204);
    expect(await rolesOf(user)).to.deep.equal(['Project Manager']);
    const again = await send('POST', reference, { '@odata.id': role });
    expect(refusal(again)).to.deep.equal([412, '0x80040237', 'Cannot insert duplicate key.']);
    const single = `${user}/${collection}(${idIn(role)})/$ref`;
    expect((await send('DELETE', single)).status).to.equal(204);
    expect(await rolesOf(user)).to.deep.equal([]);
    expect((await send('DELETE', single)).status).to.equal(204);
  });

  it('A5: both sides see it, in expands and in lambdas too', async () => {
    await send('POST', `${role}/${collection}/$ref`, { '@odata.id': user });
    const { json } = await get(
      `systemusers?$select=fullname&$expand=${collection}($select=name)&$filter=fullname eq 'U'`,
    );
    expect(json.value[0][collection]).to.have.length(1);
    const filter = `$filter=${collection}/any(r:r/name eq 'Project Manager')`;
    expect((await get(`systemusers?${filter}`)).json.value).to.have.length(1);
    expect((await get(`${role}/${collection}/$count`)).text).to.equal('1');
    expect((await get(`${role}/${collection}`)).json.value[0].fullname).to.equal('U');
  });

  it('A5: a nested expand goes neither into it nor out of it', async () => {
    const nested = [`${collection}($expand=createdby($select=fullname))`, `createdby($expand=${collection})`];
    for (const expand of nested) {
      expect((await get(`systemusers?$expand=${expand}`)).status, expand).to.equal(400);
    }
  });

  it('A5: the pairs are a table that is only read', async () => {
    const { json } = await get('systemuserrolescollection');
    expect(json.value.map((each: Json) => each.roleid)).to.include(idIn(role));
    const pair = { systemuserid: idIn(user), roleid: idIn(role) };
    const [status, code, message] = refusal(await send('POST', 'systemuserrolescollection', pair));
    expect([status, code]).to.deep.equal([400, '0x80040800']);
    expect(message).to.include("The 'Create' method does not support entities of type 'systemuserroles'.");
  });

  it('A5: a create associates what it names, and creates what it brings along', async () => {
    const bound = { [`${collection}@odata.bind`]: [role] };
    const second = await create('systemusers', { internalemailaddress: 'v@contoso.example', ...bound });
    expect(await rolesOf(second)).to.deep.equal(['Project Manager']);
    const nested = { [collection]: [{ name: 'Own' }] };
    const third = await create('systemusers', { internalemailaddress: 'w@contoso.example', ...nested });
    expect(await rolesOf(third)).to.deep.equal(['Own']);
  });

  it('A5: pairs go with either row', async () => {
    const gone = await create('roles', { name: 'Gone' });
    await send('POST', `${user}/${collection}/$ref`, { '@odata.id': gone });
    await send('DELETE', gone);
    expect(await rolesOf(user)).to.deep.equal(['Project Manager']);
  });

  it('A5: EntityDefinitions tells both sides of it', async () => {
    for (const side of ['systemuser', 'role']) {
      const path = `EntityDefinitions(LogicalName='${side}')/ManyToManyRelationships`;
      const [found] = (await get(`${path}?$select=SchemaName,IntersectEntityName`)).json.value;
      expect(found).to.include({ SchemaName: collection, IntersectEntityName: 'systemuserroles' });
    }
  });

  it('A5: the application has the role of an administrator in every environment', async () => {
    const { UserId } = (await get('WhoAmI')).json;
    expect(await rolesOf(`systemusers(${UserId})`)).to.deep.equal(['System Administrator']);
  });
});
