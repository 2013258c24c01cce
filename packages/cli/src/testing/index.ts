export { ended, start } from './command.js';
export type { Ended } from './command.js';
export { SandboxedFolder } from './sandboxed-folder.js';
export { Service } from './service.js';
export { contractsPlugin, Folder } from './folder.js';
