import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

export interface OptionFault {
  /** `dataverse.alternateKeys.0.table`; empty for the options as a whole. */
  readonly path: string;
  readonly reason: string;
}

/** What is wrong first with options, by the decorators of their class; names that the class does not have are wrong. */
export function firstFault(options: unknown, kind: new () => object): OptionFault | undefined {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    return { path: '', reason: 'they must be an object' };
  }
  const instance = plainToInstance(kind, options);
  const [error] = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  return error && faultOf(error, '');
}

function faultOf({ property, constraints, children = [] }: ValidationError, parent: string): OptionFault {
  const path = parent ? `${parent}.${property}` : property;
  const [child] = children;
  if (child && !constraints) return faultOf(child, path);
  const [[name, message] = ['', '']] = Object.entries(constraints ?? {});
  return { path, reason: name === 'whitelistValidation' ? 'there is no such option' : message };
}
