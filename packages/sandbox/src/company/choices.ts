import { optionSets } from '../model/index.js';

/** Choice values by their labels; a label that the option set hasn't got does not compile. */
function value<const O extends Record<number, string>>(options: O, label: O[keyof O]): number {
  return Number(Object.entries(options).find(([, text]) => text === label)?.[0]);
}

const { billingMethod, billingStatus, billingType, contractStatus, contractStatusReason, customerType } = optionSets;
const { amountMethod, milestoneInvoiceStatus, orderType, transactionClassification, transactionType } = optionSets;

export const choices = {
  workBased: value(orderType, 'Work based'),
  itemBased: value(orderType, 'Item based'),
  activeContract: value(contractStatus, 'Active'),
  confirmedContract: value(contractStatusReason, 'Confirmed'),
  timeAndMaterial: value(billingMethod, 'Time and Material'),
  fixedPrice: value(billingMethod, 'Fixed Price'),
  chargeable: value(billingType, 'Chargeable'),
  nonChargeable: value(billingType, 'Non Chargeable'),
  complimentary: value(billingType, 'Complimentary'),
  unbilled: value(billingStatus, 'Unbilled Sales Created'),
  cost: value(transactionType, 'Cost'),
  unbilledSales: value(transactionType, 'Unbilled Sales'),
  projectContract: value(transactionType, 'Project Contract'),
  time: value(transactionClassification, 'Time'),
  expense: value(transactionClassification, 'Expense'),
  milestone: value(transactionClassification, 'Milestone'),
  quantityTimesPrice: value(amountMethod, 'Multiply Quantity By Price'),
  accountCustomer: value(customerType, 'Account'),
  contactCustomer: value(customerType, 'Contact'),
  notReadyForInvoicing: value(milestoneInvoiceStatus, 'Not Ready for invoicing'),
} as const;
