import { builtIn, CONNECTORS, PluginHost } from '@isthmus/core';
import { expect } from 'chai';
import { DataversePlugin } from './index.js';

describe('The plugin for Dataverse', () => {
  it('brings connections of kind dataverse', async () => {
    const host = new PluginHost();
    await host.register([builtIn(DataversePlugin, '0.1.0')]);
    const factories = host.container.resolveAll(CONNECTORS);
    expect(factories.map(({ kind }) => kind)).to.deep.equal(['dataverse']);
    await host.dispose();
  });
});
