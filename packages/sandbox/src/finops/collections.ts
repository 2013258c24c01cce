import { errors } from '../errors.js';
import type { EntityModel } from '../model/index.js';
import { collectionOf } from '../model/index.js';

/**
 * The entities under the names that an environment has published them by.
 *
 * @param names by the entity's name in the application object tree
 * @throws SANDBOX_OPTION_INVALID where an entity is not there, or two are to have one name
 */
export function publishedAs(models: readonly EntityModel[], names: Readonly<Record<string, string>>): EntityModel[] {
  const unknown = Object.keys(names).find((name) => !models.some(({ aotName }) => aotName === name));
  if (unknown !== undefined) throw invalid(`there is no entity ${unknown}`);
  const published = models.map((model): EntityModel => {
    const publicSet = names[model.aotName ?? ''];
    return publicSet === undefined ? model : { ...model, publicSet };
  });
  const sets = published.map(collectionOf);
  const twice = sets.find((set, index) => sets.indexOf(set) !== index);
  if (twice !== undefined) throw invalid(`two entities would be called ${twice}`);
  return published;
}

const invalid = (reason: string) => errors.SANDBOX_OPTION_INVALID({ option: 'finops.collections', reason });
