import { builtIn, CONNECTORS, PluginHost } from '@isthmus/core';
import { expect } from 'chai';
import { FinopsPlugin } from './index.js';

describe('The plugin for Finance & Operations', () => {
  it('brings connections of kind finops, and what entities are called on the wire', async () => {
    const host = new PluginHost();
    await host.register([builtIn(FinopsPlugin, '0.1.0')]);
    const factories = host.container.resolveAll(CONNECTORS);
    expect(factories.map(({ kind }) => kind)).to.deep.equal(['finops']);
    expect(factories[0]?.wireName?.('ProjCDSProjectContractEntity')).to.equal('ProjCDSProjectContracts');
    await host.dispose();
  });
});
