import type { User } from '../users.js';

/** Who calls data management, and by which address. */
export interface Caller {
  /** `http://host:port` */
  readonly origin: string;
  readonly user: User;
}
