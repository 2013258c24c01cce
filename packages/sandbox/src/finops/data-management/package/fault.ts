import { randomUUID } from 'node:crypto';

/** What is wrong with a package or one of its files, in F&O's words. */
export class PackageFault extends Error {}

/** The columns of the file and the mapping do not fit; F&O names a field by a number that helps nobody. */
export class MappingIncorrect extends PackageFault {
  constructor(entityName: string) {
    super(`The mapping is incorrect for entity ${entityName} field {${randomUUID().toUpperCase()}}.`);
  }
}
