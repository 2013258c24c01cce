// Preloaded into a command under test (`NODE_OPTIONS=--import …`): says, on its standard error, how much it has read
// from files and connections, as Linux counts it.
import { readFileSync, writeSync } from 'node:fs';

/** As its report begins. */
export const BYTES_READ = 'bytes read:';

if (process.env['COUNT_BYTES'] !== undefined) {
  process.on('exit', () => {
    const read = /^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? '';
    writeSync(process.stderr.fd, `${BYTES_READ} ${read}\n`);
  });
}
