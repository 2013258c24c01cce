import type { ODataRequest, ODataResponse } from '../odata/index.js';
import { Refusal } from '../odata/index.js';
import type { Store } from '../store/index.js';
import { NoRoute } from './refusals.js';

const ROOT = /^\/metadata\//i;
const LABEL = /^Labels\(Id='([^']*)',Language='([^']*)'\)$/i;

/** `/Metadata/…`: what data entities there are, and what they are called. Only to be read. */
export function readMetadataApi({ method, url }: ODataRequest, store: Store): ODataResponse | undefined {
  if (!ROOT.test(url)) return undefined;
  if (method !== 'GET') throw new Refusal(405, '', `The requested resource does not support http method '${method}'.`);
  const path = decodeURIComponent(url.replace(ROOT, '').split('?')[0] ?? '');
  const models = store.tables.map(({ schema }) => schema.model);
  if (/^DataEntities$/i.test(path)) {
    return answer({
      value: models.map(({ name, set, aotName = name, readOnly = false }) => ({
        Name: aotName,
        PublicEntityName: name,
        PublicCollectionName: set,
        LabelId: labelId(aotName),
        DataServiceEnabled: true,
        DataManagementEnabled: true,
        IsReadOnly: readOnly,
      })),
    });
  }
  const [, id, language] = LABEL.exec(path) ?? [];
  const model = models.find(({ name, aotName = name }) => labelId(aotName) === id);
  if (!model) throw new NoRoute(url);
  return answer({ Id: id, Language: language, Value: model.label ?? model.name });
}

const labelId = (aotName: string): string => `@Sandbox:${aotName}`;

const answer = (body: unknown): ODataResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0' },
  body: JSON.stringify(body),
});
