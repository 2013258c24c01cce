/** An answer that says no. Thrown to leave whatever was under way; each service puts it into its own words. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}
