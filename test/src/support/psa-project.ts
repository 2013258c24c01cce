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

/** A project contract like another one. */
export async function createContract(psa: Service, number: string, like: string): Promise<void> {
  const [model] = await psa.rows(`salesorders?$filter=ordernumber eq '${like}'`);
  await psa.create('salesorders', {
    name: `Contract ${number}`,
    ordernumber: number,
    msdyn_ordertype: Number(model?.['msdyn_ordertype']),
    'customerid_account@odata.bind': `accounts(${model?.['_customerid_value']})`,
    'transactioncurrencyid@odata.bind': `transactioncurrencies(${model?.['_transactioncurrencyid_value']})`,
    'msdyn_ContractOrganizationalUnitId@odata.bind': `msdyn_organizationalunits(${model?.['_msdyn_contractorganizationalunitid_value']})`,
  });
}
