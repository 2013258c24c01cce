/** Resolves a reference like `${env:NAME}` or `${file:path}`. One source per scheme. */
export interface SecretSource {
  readonly scheme: string;
  /**
   * @param name what follows the colon
   * @param from folder of the file that holds the reference
   * @returns undefined where there is no such secret
   */
  resolve(name: string, from: string): string | undefined;
}
