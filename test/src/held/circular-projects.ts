import { From, IntegrationKey, is, LookupByKey, MapEntity, Plugin, Template } from '@isthmus/core';
import { IsNotEmpty } from 'class-validator';

const declaration = (task: string, subject: string) => ({
  task,
  title: task,
  source: 'msdyn_projects',
  sourceId: 'msdyn_projectid',
  destination: 'ProjCDSProjectEntity',
  filter: [is('msdyn_subject', subject)],
  organization: 'msdyn_contractorganizationalunitid.msdyn_name',
});

/** The description holds the number of the parent, a project of the other kind; it may be missing. */
@MapEntity(declaration('families', 'Family'))
class Family {
  @From('msdynce_projectnumber') @IntegrationKey() ProjectID!: string;
  @From('msdyn_subject') ProjectName!: string;
  @From('msdyn_salesorderid.ordernumber') ProjectContractID!: string;
  @From('msdyn_description') @LookupByKey('clans') ParentId!: string;
}

@MapEntity(declaration('clans', 'Clan'))
class Clan {
  @From('msdynce_projectnumber') @IntegrationKey() ProjectID!: string;
  @From('msdyn_subject') ProjectName!: string;
  @From('msdyn_salesorderid.ordernumber') ProjectContractID!: string;
  @From('msdyn_description') @LookupByKey('families') ParentId!: string;
}

/** Refers to its own kind; nothing may be without a parent. */
@MapEntity(declaration('dynasties', 'Dynasty'))
class Dynasty {
  @From('msdynce_projectnumber') @IntegrationKey() ProjectID!: string;
  @From('msdyn_subject') ProjectName!: string;
  @From('msdyn_salesorderid.ordernumber') ProjectContractID!: string;
  @From('msdyn_description') @LookupByKey('dynasties') @IsNotEmpty() ParentId!: string;
}

const direction = { from: 'psa', to: 'finops' };

@Template({ name: 'circular', title: 'Circular projects', version: 1, direction, tasks: [Family, Clan, Dynasty] })
class Circular {}

@Plugin({ name: 'circular', core: '0.x', templates: [Circular] })
export default class CircularPlugin {}
