import { defineErrors, error } from '@isthmus/core';

export const errors = defineErrors('@isthmus/project-accounting', {
  PARAMETERS_NOT_EXPOSED: error<{ entity: string }>({
    recovery: 'fatal',
    message: ({ entity }) => `F&O does not expose ${entity}, so the integration parameters are not within reach.`,
    cause: 'The entity is not public, or its public collection has another name. The publisher documents neither.',
    remedy: ({ entity }) =>
      `Name the collection in the connection (collections: { ${entity}: … }), or fill in the form in F&O itself.`,
  }),
  PARAMETER_UNKNOWN: error<{ setting: string; nearest?: string | undefined; known: string }>({
    recovery: 'fatal',
    message: ({ setting, nearest, known }) =>
      `There is no integration parameter '${setting}'${nearest ? `; the nearest name is '${nearest}'` : ''} (there are: ${known}).`,
    cause: 'The form has no such field, or no such row.',
    remedy: 'Correct the name; `isthmus parameters show` lists all of them.',
  }),
  PARAMETERS_INVALID: error<{ faults: readonly string[] }>({
    recovery: 'fatal',
    message: ({ faults }) => faults.join(' '),
    cause: 'F&O does not have what the parameter names, or the integration cannot work with it. Nothing was changed.',
    remedy: 'Correct the values, or create in F&O, in that legal entity, what they name.',
  }),
});
