import type { EntityModel } from '../model/index.js';
import { collectionOf } from '../model/index.js';
import type { ODataRequest, ODataResponse } from '../odata/index.js';
import { decodePath, Refusal } from '../odata/index.js';
import type { Store } from '../store/index.js';
import { NoRoute } from './refusals.js';

const ROOT = /^\/metadata\//i;
const LABEL = /^Labels\(Id='([^']*)',Language='([^']*)'\)$/i;

/** `/Metadata/…`: what data entities there are, and what they are called. Only to be read. */
export function readMetadataApi(request: ODataRequest, origin: string, store: Store): ODataResponse | undefined {
  const { method, url } = request;
  if (!ROOT.test(url)) return undefined;
  if (method !== 'GET') throw new Refusal(405, '', `The requested resource does not support http method '${method}'.`);
  const path = decodePath(url.replace(ROOT, '').split('?')[0] ?? '');
  const models = store.tables.map(({ schema }) => schema.model);
  if (/^DataEntities$/i.test(path)) {
    return answer({
      value: models.map((model) => ({
        Name: aotNameOf(model),
        PublicEntityName: model.name,
        PublicCollectionName: collectionOf(model),
        LabelId: labelId(model),
        DataServiceEnabled: !model.unpublished,
        DataManagementEnabled: true,
        IsReadOnly: model.readOnly === true,
      })),
    });
  }
  const [, id, language] = LABEL.exec(path) ?? [];
  const model = models.find((each) => labelId(each) === id);
  if (!model) throw new NoRoute(origin + url);
  return answer({ Id: id, Language: language, Value: model.label ?? model.name });
}

const aotNameOf = ({ name, aotName = name }: EntityModel): string => aotName;

const labelId = (model: EntityModel): string => `@Sandbox:${aotNameOf(model)}`;

const answer = (body: unknown): ODataResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0' },
  body: JSON.stringify(body),
});
