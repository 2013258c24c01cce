import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SecretSource } from '../ports/index.js';
import { secretErrors } from './errors.js';

/** `${file:path}`, relative to the file that holds the reference. The line end that editors add is not part of it. */
export const fileSecrets = (): SecretSource => ({
  scheme: 'file',
  resolve(name, from) {
    const file = resolve(from, name);
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
    } catch (thrown) {
      const { code: reason = 'unknown' } = thrown as NodeJS.ErrnoException;
      if (reason === 'ENOENT' || reason === 'ENOTDIR') return undefined;
      throw secretErrors.SECRET_UNREADABLE({ source: file, reason }, { cause: thrown });
    }
  },
});
