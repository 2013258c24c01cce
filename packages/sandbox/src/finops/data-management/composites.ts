import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsNotEmpty, IsOptional, IsString, ValidateNested, isString } from 'class-validator';
import { HasValues } from '../../checks/index.js';

/** An entity whose rows are embedded in those of another. */
export class EmbeddedEntity {
  /** Name in the application object tree. */
  @IsNotEmpty()
  @IsString()
  readonly entity!: string;
  /** Fields of this entity, and those of the embedding one that they refer to: `{ "ContractId": "ProjectContractID" }`. */
  @HasValues(isString, 'the name of a field of the embedding entity')
  readonly relation!: Readonly<Record<string, string>>;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => EmbeddedEntity)
  readonly embedded?: readonly EmbeddedEntity[];
}

/**
 * Several entities as one document, for data management alone: OData knows nothing of it. Customers build them; the
 * integration of projects comes with none.
 */
export class CompositeEntity {
  /** By which packages and projects know it. */
  @IsNotEmpty()
  @IsString()
  readonly label!: string;
  /** Name in the application object tree. */
  @IsNotEmpty()
  @IsString()
  readonly aotName!: string;
  /** The entity at its root, by its name in the application object tree. */
  @IsNotEmpty()
  @IsString()
  readonly root!: string;
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => EmbeddedEntity)
  readonly embedded!: readonly EmbeddedEntity[];
}
