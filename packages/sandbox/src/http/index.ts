export { odataServer } from './odata-server.js';
export { tokenServer } from './token-server.js';
