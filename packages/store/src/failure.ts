import { isIsthmusError, type IsthmusError } from '@isthmus/core';
import { storeErrors } from './errors.js';

type Failure = (particulars: { path: string; detail: string }, occurrence: { cause: unknown }) => IsthmusError;

/**
 * By the beginning of the code that SQLite (https://sqlite.org/rescode.html, extended codes included) or the file
 * system gives.
 */
const BY_CODE: Readonly<Record<string, Failure>> = {
  SQLITE_FULL: storeErrors.STORE_FULL,
  ENOSPC: storeErrors.STORE_FULL,
  EDQUOT: storeErrors.STORE_FULL,
  SQLITE_BUSY: storeErrors.STORE_BUSY,
  SQLITE_CORRUPT: storeErrors.STORE_DAMAGED,
  SQLITE_NOTADB: storeErrors.STORE_NOT_A_STORE,
  SQLITE_CANTOPEN: storeErrors.STORE_CANNOT_OPEN,
  SQLITE_READONLY: storeErrors.STORE_CANNOT_OPEN,
  EACCES: storeErrors.STORE_CANNOT_OPEN,
  EPERM: storeErrors.STORE_CANNOT_OPEN,
  EROFS: storeErrors.STORE_CANNOT_OPEN,
  EEXIST: storeErrors.STORE_CANNOT_OPEN,
  ENOTDIR: storeErrors.STORE_CANNOT_OPEN,
};

/** What the driver or the file system threw, as an error of the catalogue. */
export function storeFailure(path: string, thrown: unknown): IsthmusError {
  if (isIsthmusError(thrown)) return thrown;
  const { code, message } = partsOf(thrown);
  const known = Object.keys(BY_CODE).find((prefix) => code.startsWith(prefix));
  const failure = (known && BY_CODE[known]) || storeErrors.STORE_FAILED;
  return failure({ path, detail: message }, { cause: thrown });
}

function partsOf(thrown: unknown): { code: string; message: string } {
  if (!(thrown instanceof Error)) return { code: '', message: String(thrown) };
  return { code: 'code' in thrown ? String(thrown.code) : '', message: thrown.message };
}
