export { refusalOf } from './refusal.js';
export { messageOf } from './service-message.js';
