import { EventBus, SecretVault, type Configuration, type IsthmusError } from '@isthmus/core';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { openLog } from './log-file.js';
import { Folder } from './testing/index.js';

describe('The log', () => {
  const folder = new Folder();
  after(() => folder.remove());

  const configured = (file: string, level: Configuration['logging']['level'] = 'info'): Configuration => {
    const secrets = new SecretVault();
    secrets.add('hunter22');
    return { logging: { level, file }, secrets } as Configuration;
  };
  const noFailure = (failure: IsthmusError): never => expect.fail(failure.message);

  it('has a line for what matters at its level, in folders that it makes, without secrets', async () => {
    const file = folder.file('logs/isthmus.log');
    const events = new EventBus();
    const close = await openLog(configured(file), events, noFailure);
    events.emit('notice', { message: 'The password is hunter22.' });
    events.emit('request.sent', { connection: 'psa', method: 'GET', url: '/', status: 200, durationMs: 1 });
    close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0] ?? '')).to.include({ msg: 'notice', message: 'The password is ••••.' });
  });

  it('that cannot be opened is a clear error', async () => {
    folder.write('file', '');
    const failure = await openLog(configured(folder.file('file/isthmus.log')), new EventBus(), noFailure).then(
      () => undefined,
      (thrown: IsthmusError) => thrown,
    );
    expect(failure?.code).to.equal('CLI_FILE_NOT_WRITTEN');
  });

  it('on a full disk is reported once, and stops nothing', async function () {
    if (process.platform !== 'linux') return this.skip();
    const events = new EventBus();
    const failures: string[] = [];
    const close = await openLog(configured('/dev/full'), events, ({ message }) => failures.push(message));
    events.emit('notice', { message: 'one' });
    events.emit('notice', { message: 'two' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    close();
    expect(failures).to.have.length(1);
    expect(failures[0]).to.contain('ENOSPC');
  });
});
