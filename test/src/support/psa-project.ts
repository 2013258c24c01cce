import type { Service } from './service.js';

/** A project that belongs to a contract, made by somebody in PSA. */
export async function createProject(psa: Service, number: string, contract: string): Promise<void> {
  const [order] = await psa.rows(`salesorders?$filter=ordernumber eq '${contract}'`);
  const [model] = await psa.rows(`msdyn_projects?$filter=msdynce_projectnumber eq 'PRJ-00003-NODATE'`);
  await psa.create('msdyn_projects', {
    msdyn_subject: `Project ${number}`,
    msdyn_calendarid: 'standard',
    msdynce_projectnumber: number,
    'msdyn_salesorderid@odata.bind': `salesorders(${order?.['salesorderid']})`,
    'msdyn_customer@odata.bind': `accounts(${model?.['_msdyn_customer_value']})`,
    'msdyn_contractorganizationalunitid@odata.bind': `msdyn_organizationalunits(${order?.['_msdyn_contractorganizationalunitid_value']})`,
  });
}
