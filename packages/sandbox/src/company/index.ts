export { awkwardRows, type AwkwardRow, type AwkwardSet } from './awkward/index.js';
export { dice } from './random.js';
export { sampleCompany } from './sample-company.js';
export { listed } from './sources.js';
export type { Company, CompanyOptions, Row, RowSource } from './types.js';
