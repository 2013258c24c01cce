import { From, IntegrationKey, is, LookupByKey, MapEntity, Plugin, Template } from '@isthmus/core';

const declaration = (task: string) => ({
  task,
  title: task,
  source: 'msdyn_projects',
  sourceId: 'msdyn_projectid',
  destination: 'ProjCDSProjectEntity',
  filter: [is('msdyn_subject', task)],
  organization: 'msdyn_contractorganizationalunitid.msdyn_name',
});

/** Two fields make the key: no single value names such a row. */
@MapEntity(declaration('pairs'))
class Pair {
  @From('msdynce_projectnumber') @IntegrationKey() ProjectID!: string;
  @From('msdyn_salesorderid.ordernumber') @IntegrationKey() ProjectContractID!: string;
}

@MapEntity(declaration('children'))
class Child {
  @From('msdynce_projectnumber') @IntegrationKey() ProjectID!: string;
  @From('msdyn_description') @LookupByKey('pairs') ParentId!: string;
}

const direction = { from: 'psa', to: 'finops' };

@Template({ name: 'composite', title: 'Composite keys', version: 1, direction, tasks: [Pair, Child] })
class Composite {}

@Plugin({ name: 'composite', core: '0.x', templates: [Composite] })
export default class CompositePlugin {}
