import { expect } from 'chai';
import { From, IntegrationKey, MapEntity } from '../mapping/index.js';
import { Template, templateOf, TemplateRegistry } from './index.js';

@MapEntity({ task: 'orders', title: 'Orders', source: 'orders', sourceId: 'id', destination: 'Order' })
class Orders {
  @From('id') @IntegrationKey() Id!: string;
}

const declare = (name: string, version: number) => {
  class Declared {}
  Template({ name, version, title: name, direction: { from: 'a', to: 'b' }, tasks: [Orders] })(Declared);
  return templateOf(Declared);
};

describe('The template registry', () => {
  it('gives the newest version for a bare name, and any version by name@version', () => {
    const registry = new TemplateRegistry();
    registry.add(declare('orders', 1), 'p');
    registry.add(declare('orders', 2), 'p');
    expect([registry.get('orders').version, registry.get('orders@1').version]).to.deep.equal([2, 1]);
  });

  it('names the nearest template where there is none of that name', () => {
    const registry = new TemplateRegistry();
    registry.add(declare('orders', 1), 'p');
    expect(() => registry.get('order')).to.throw("nearest name is 'orders'");
  });

  it('refuses a template that another plugin ships already', () => {
    const registry = new TemplateRegistry();
    registry.add(declare('orders', 1), '@acme/one');
    expect(() => registry.add(declare('orders', 1), '@acme/two')).to.throw('already provided by @acme/one');
  });

  it('refuses a template in which two tasks have one name', () => {
    class Double {}
    Template({ name: 'd', version: 1, title: 'D', direction: { from: 'a', to: 'b' }, tasks: [Orders, Orders] })(Double);
    expect(() => templateOf(Double)).to.throw("two tasks named 'orders'");
  });
});
