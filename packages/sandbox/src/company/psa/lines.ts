import { isFixedPrice, placeOfLine } from '../belonging.js';
import { at, audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { rateDigits } from '../currencies.js';
import { baseDigits, digits } from '../money.js';
import { dice, pick } from '../random.js';
import { phases } from '../vocabulary.js';
import { choices } from '../choices.js';

/** Contract lines; all lines of a project have the project's billing method. */
export function lineRow({ plan, id, currencyId, contractCurrency, lineValue, startOf }: Context): RowMaker {
  const phase = dice(plan.seed, 'salesorderdetail.phase');
  return (index) => {
    const { project, order, sequence } = placeOfLine(plan, index);
    const currency = contractCurrency(order);
    const value = digits(lineValue(index));
    const valueBase = baseDigits(lineValue(index), currency);
    const name = `${pick(phases, phase(index))} ${sequence}`;
    return {
      salesorderdetailid: id('salesorderdetail', index),
      salesorderdetailname: name,
      productdescription: name,
      producttypecode: 5,
      sequencenumber: sequence,
      lineitemnumber: sequence,
      quantity: '1.00000',
      isproductoverridden: true,
      ispriceoverridden: true,
      exchangerate: rateDigits(currency),
      priceperunit: value,
      priceperunit_base: valueBase,
      baseamount: value,
      baseamount_base: valueBase,
      extendedamount: value,
      extendedamount_base: valueBase,
      msdyn_billingmethod: isFixedPrice(project) ? choices.fixedPrice : choices.timeAndMaterial,
      msdyn_billingstartdate: at(startOf(project)),
      msdyn_includetime: true,
      msdyn_includeexpense: true,
      msdyn_includefee: true,
      msdyn_includematerial: false,
      msdyn_linetype: 690970000,
      _salesorderid_value: id('salesorder', order),
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_project_value: id('msdyn_project', project),
      ...audit(startOf(project) - 4, startOf(project)),
    };
  };
}
