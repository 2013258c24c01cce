export type Said = readonly [code: string, message: string];

/** What is said of a limit, and whether headers show it come near. */
export interface LimitWording {
  readonly requests: (limit: number, seconds: number) => Said;
  readonly executionTime: (limitMs: number, seconds: number) => Said;
  readonly concurrent: (limit: number) => Said;
  readonly headers: boolean;
}

const DECREASE = 'Decrease number of concurrent requests or reduce the duration of requests and try again later.';

export const dataverseWording: LimitWording = {
  requests: (limit, seconds) => [
    '0x80072322',
    `Number of requests exceeded the limit of ${limit} over time window of ${seconds} seconds.`,
  ],
  executionTime: (limitMs, seconds) => [
    '0x80072321',
    `Combined execution time of incoming requests exceeded limit of ${limitMs.toLocaleString('en-US')} milliseconds ` +
      `over time window of ${seconds} seconds. ${DECREASE}`,
  ],
  concurrent: (limit) => ['0x80072326', `Number of concurrent requests exceeded the limit of ${limit}.`],
  headers: true,
};

/** As Finance & Operations had them, without codes; a word is misspelt there, and clients may look for it. */
export const finopsWording: LimitWording = {
  requests: (limit, seconds) => [
    '',
    `Number of requests exeeded the limit of ${limit} over the time window of ${seconds} seconds.`,
  ],
  executionTime: (limitMs, seconds) => [
    '',
    `Combined execution time of incoming requests exceeded limit of ${limitMs / 1000} seconds ` +
      `over time window of ${seconds} seconds. ${DECREASE}`,
  ],
  concurrent: (limit) => ['', `Number of concurrent requests exceeded the limit of ${limit}.`],
  headers: false,
};
