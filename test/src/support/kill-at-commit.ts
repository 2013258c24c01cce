// Preloaded into a command under test (`NODE_OPTIONS=--import …`): ends it, as `kill -9` does, at the nth transaction of
// its store. KILL_AT is a number, `before` or `after` it is durable, or `count` to report how many there were.
import { writeSync } from 'node:fs';
import Libsql from 'libsql';

/** As `KILL_AT=count` ends its report on standard error with. */
export const COUNTED = 'transactions:';

const [at = '', moment = 'before'] = (process.env['KILL_AT'] ?? '').split(' ');
const die = (): void => void process.kill(process.pid, 'SIGKILL');
let commits = 0;

if (at !== '') {
  const prototype = Libsql.prototype as { exec(sql: string): unknown };
  const { exec } = prototype;
  prototype.exec = function (this: unknown, sql: string): unknown {
    const isNow = sql === 'COMMIT' && ++commits === Number(at);
    if (isNow && moment === 'before') die();
    const result: unknown = exec.call(this, sql);
    if (isNow) die();
    return result;
  };
  if (at === 'count') process.on('exit', () => writeSync(process.stderr.fd, `${COUNTED} ${commits}\n`));
}
