import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  ArrayNotEmpty,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { expect } from 'chai';
import { Parameter } from '../parameters/index.js';
import { INSTALLED } from './fixture.test.support.js';
import { configurationSchema, type InstalledPieces } from './index.js';

enum Colour {
  Red = 'red',
  Green = 'green',
}

class Options {
  @Parameter({ doc: 'Plain text.', example: 'x' }) text!: string;
  @Parameter({ doc: 'Short.' }) @Length(2, 5) short = 'abc';
  @Parameter({ doc: 'Filled.' }) @IsNotEmpty() filled!: string;
  @Parameter({ doc: 'Code.' }) @Matches(/^[A-Z]+$/) code!: string;
  @Parameter({ doc: 'Any case.' }) @Matches(/^[A-Z]+$/i) anyCase!: string;
  @Parameter({ doc: 'Loose.' }) @Matches(/^[\w-.]+$/) loose = 'a';
  @Parameter({ doc: 'Mail.' }) @IsOptional() @IsEmail() mail?: string;
  @Parameter({ doc: 'May be emptied.' }) @IsOptional() @IsString() @Length(1, 3) emptied: string | null = 'x';
  @Parameter({ doc: 'May be left empty.' }) @IsOptional() @Matches(/^\w+$/) unset: string | null = null;
  @Parameter({ doc: 'Choice.' }) @IsIn(['a', 'b']) choice = 'a';
  @Parameter({ doc: 'Colour.' }) @IsEnum(Colour) colour: Colour = Colour.Red;
  @Parameter({ doc: 'Count.' }) @IsInt() @Min(1) @Max(9) count = 3;
  @Parameter({ doc: 'Rate.' }) rate = 0.5;
  @Parameter({ doc: 'Switch.' }) enabled = false;
  @Parameter({ doc: 'Names.' })
  @ArrayNotEmpty()
  @IsString({ each: true })
  @Length(1, 4, { each: true })
  names!: string[];
  @Parameter({ doc: 'Numbers.' }) @IsOptional() numbers?: number[];
  @Parameter({ doc: 'Map.' }) map: Record<string, string> = {};
  @Parameter({ doc: 'Secret.', secret: true }) @ValidateIf(() => true) @Length(9, 9) secret?: string;
}

const onlyKind = (options: InstalledPieces['connectors'][number]['options']): InstalledPieces => ({
  connectors: [{ kind: 'test', options }],
  templates: [],
  sections: [],
});

describe('The JSON Schema of the configuration', () => {
  const REFERENCE = { pattern: '\\$\\{' };

  it('says of every parameter what its class says', () => {
    const schema = configurationSchema(onlyKind(Options));
    const then = 'properties.connections.additionalProperties.allOf[0].then';
    expect(schema)
      .to.have.nested.property(`${then}.required`)
      .that.deep.equals(['text', 'filled', 'code', 'anyCase', 'names']);
    expect(schema).to.have.nested.property(`${then}.additionalProperties`, false);
    expect(schema)
      .to.have.nested.property(`${then}.properties`)
      .that.deep.equals({
        kind: {},
        text: { type: 'string', description: 'Plain text.', examples: ['x'] },
        short: {
          type: 'string',
          anyOf: [{ minLength: 2, maxLength: 5 }, REFERENCE],
          description: 'Short.',
          default: 'abc',
        },
        filled: { type: 'string', anyOf: [{ minLength: 1 }, REFERENCE], description: 'Filled.' },
        code: { type: 'string', anyOf: [{ pattern: '^[A-Z]+$' }, REFERENCE], description: 'Code.' },
        anyCase: { type: 'string', description: 'Any case.' },
        loose: { type: 'string', description: 'Loose.', default: 'a' },
        mail: { type: 'string', anyOf: [{ format: 'email' }, REFERENCE], description: 'Mail.' },
        emptied: {
          type: ['string', 'null'],
          anyOf: [{ minLength: 1, maxLength: 3 }, REFERENCE],
          description: 'May be emptied.',
          default: 'x',
        },
        unset: {
          type: ['string', 'null'],
          anyOf: [{ pattern: '^\\w+$' }, REFERENCE],
          description: 'May be left empty.',
          default: null,
        },
        choice: { type: 'string', anyOf: [{ enum: ['a', 'b'] }, REFERENCE], description: 'Choice.', default: 'a' },
        colour: {
          type: 'string',
          anyOf: [{ enum: ['red', 'green'] }, REFERENCE],
          description: 'Colour.',
          default: 'red',
        },
        count: { type: 'integer', minimum: 1, maximum: 9, description: 'Count.', default: 3 },
        rate: { type: 'number', description: 'Rate.', default: 0.5 },
        enabled: { type: 'boolean', description: 'Switch.', default: false },
        names: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', anyOf: [{ minLength: 1, maxLength: 4 }, REFERENCE] },
          description: 'Names.',
        },
        numbers: { type: 'array', items: {}, description: 'Numbers.' },
        map: { type: 'object', description: 'Map.', default: {} },
        secret: { type: 'string', description: 'Secret.', writeOnly: true },
      });
  });

  it('is itself valid, whatever is installed', () => {
    for (const installed of [INSTALLED, onlyKind(Options), { connectors: [], templates: [], sections: [] }]) {
      const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
      expect(() => ajv.compile(configurationSchema(installed))).not.to.throw();
    }
  });

  it('accepts in an editor what the program accepts, references unresolved', () => {
    const accepts = new Ajv2020({ validateFormats: false, strict: false }).compile(configurationSchema(INSTALLED));
    const document = {
      $schema: './isthmus.schema.json',
      extends: ['./base.yaml'],
      plugins: ['@isthmus/plugin-contracts'],
      connections: { psa: { kind: 'dataverse', url: '${env:URL}', tenant: '${file:./a/path/that/is/longer/than/36}' } },
      connectionSets: { main: { connections: { psa: 'psa', finops: 'finops' }, organizations: { A: null } } },
      integrations: {
        contracts: {
          template: 'projects-and-contracts@1',
          connectionSet: 'main',
          parameters: { model: 'x' },
          fields: ['CustomerReference'],
          overrides: { projects: { Extra: { from: 'a.b' } } },
        },
      },
      logging: { level: '${env:LEVEL}' },
    };
    expect(accepts(document), JSON.stringify(accepts.errors)).to.equal(true);
    expect(accepts({ ...document, logging: { level: 'loud' } })).to.equal(false);
  });

  it('contains exactly what is installed', () => {
    const text = JSON.stringify(configurationSchema({ ...INSTALLED, templates: [] }));
    expect(text).to.contain('dataverse').and.not.to.contain('projects-and-contracts');
  });
});
