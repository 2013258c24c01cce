import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import { expect } from 'chai';
import { durationMs, IsDuration, Parameter } from '../parameters/index.js';
import type { ConfigurationSection } from '../ports/index.js';
import { CONNECTION_SETS, CONNECTIONS, Folder, INSTALLED, INTEGRATIONS } from './fixture.test.support.js';
import { configurationSchema, effectiveConfiguration, sectionIn } from './index.js';

class Mailbox {
  @Parameter({ doc: 'Whom it belongs to.' }) @IsString() owner!: string;
  @Parameter({ doc: 'Password.', secret: true }) @IsOptional() @IsString() password?: string;
}
class Alarm {
  @Parameter({ doc: 'How loud.' }) @IsIn(['soft', 'loud']) volume = 'soft';
  @Parameter({ doc: 'Times.' }) @IsInt() @Min(1) times = 3;
  @Parameter({ doc: 'Where to.' }) @IsOptional() @ValidateNested() @Type(() => Mailbox) mailbox?: Mailbox;
}
class Rhythm {
  @Parameter({ doc: 'How often.' }) @IsDuration() every!: string;
}

const alarm: ConfigurationSection<Alarm> = { name: 'alarm', of: 'file', doc: 'What wakes people.', settings: Alarm };
const rhythm: ConfigurationSection<Rhythm> = { name: 'rhythm', of: 'integration', doc: 'When.', settings: Rhythm };
const installed = { ...INSTALLED, sections: [alarm, rhythm] };

describe('A section of the rc file that a plugin brings', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  const write = (more: string, ofIntegration = '') =>
    folder.write('.isthmusrc.yaml', `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}${ofIntegration}${more}`);

  it('is an instance of its class, with its defaults', async () => {
    write('alarm: { volume: loud }\n', '    rhythm: { every: 15m }\n');
    const configuration = await folder.load({}, undefined, installed);
    expect(sectionIn(configuration, alarm)).to.be.instanceOf(Alarm).and.to.include({ volume: 'loud', times: 3 });
    expect(sectionIn(configuration, rhythm, 'contracts')).to.deep.include({ every: '15m' });
    expect(durationMs('15m')).to.equal(900_000);
  });

  it('is not there where the file does not have it', async () => {
    write('');
    const configuration = await folder.load({}, undefined, installed);
    expect(sectionIn(configuration, alarm)).to.equal(undefined);
    expect(sectionIn(configuration, rhythm, 'contracts')).to.equal(undefined);
  });

  it('is told with line and rule what is wrong with it, all at once', async () => {
    write(
      'alarm:\n  volume: deafening\n  times: 0\n  colour: red\n  mailbox: {}\n',
      '    rhythm: { every: 15 minutes }\n',
    );
    const faults = await folder.faults({}, installed);
    expect(faults.map(({ code, place: { key, line } }) => [code, key, line])).to.deep.equal([
      ['CONFIG_RULE', 'integrations.contracts.rhythm.every', 17],
      ['CONFIG_RULE', 'alarm.volume', 19],
      ['CONFIG_RULE', 'alarm.times', 20],
      ['CONFIG_UNKNOWN_KEY', 'alarm.colour', 21],
      ['CONFIG_MISSING_KEY', 'alarm.mailbox.owner', 22],
    ]);
    expect(faults[0]?.message).to.contain('a length of time such as 30s, 15m, 26h or 45d');
  });

  it('is unknown where no plugin brings it', async () => {
    write('alarm: {}\n');
    expect((await folder.faults()).map(({ code }) => code)).to.deep.equal(['CONFIG_UNKNOWN_KEY']);
  });

  it('keeps its secrets', async () => {
    write('alarm: { mailbox: { owner: mona, password: hunter22 } }\n');
    const configuration = await folder.load({}, undefined, installed);
    expect(configuration.secrets.redact('hunter22')).not.to.contain('hunter22');
    expect(configuration.warnings.map(({ code }) => code)).to.deep.equal(['CONFIG_SECRET_IN_CLEAR']);
    expect(effectiveConfiguration(configuration))
      .to.have.nested.property('alarm.mailbox.password')
      .not.equal('hunter22');
  });

  it('is part of the schema and of the configuration in force', async () => {
    write('alarm: {}\n', '    rhythm: { every: 2h }\n');
    const schema = configurationSchema(installed);
    expect(schema).to.have.nested.property('properties.alarm.properties.volume.description', 'How loud.');
    expect(schema).to.have.nested.property(
      'properties.integrations.additionalProperties.properties.rhythm.required[0]',
      'every',
    );
    const effective = effectiveConfiguration(await folder.load({}, undefined, installed));
    expect(effective).to.have.nested.property('alarm.times', 3);
    expect(effective).to.have.nested.property('integrations.contracts.rhythm.every', '2h');
  });
});
