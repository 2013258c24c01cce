export interface TokenOptions {
  /** A token that the service refused: it is replaced, unless it has been replaced already. */
  readonly rejected?: string;
}

/** Bearer tokens for one service, cached and renewed ahead of time; however many ask, one request is made. */
export interface TokenProvider {
  /** For whom the tokens are made out. Requests of one identity to one origin share a budget. Not a secret. */
  readonly identity: string;
  token(options?: TokenOptions): Promise<string>;
}
