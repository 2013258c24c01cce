import type { Prerequisite } from '@isthmus/core';

/** Nothing is lost unsaid: without a column, the voucher numbers stay in F&O. */
export const voucherColumn: Prerequisite = {
  title: 'A column of PSA takes the voucher number (parameter voucherColumn)',
  check: ({ parameters }) =>
    Promise.resolve(
      parameters['voucherColumn']
        ? []
        : [
            {
              name: 'voucher numbers',
              status: 'warning',
              message: 'No column of PSA is named for the voucher number, so it is left out.',
              remedy: 'Add a text column of 20 characters to msdyn_actual, and name it in the parameter voucherColumn.',
            },
          ],
    ),
};
