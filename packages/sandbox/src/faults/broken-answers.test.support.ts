import { request } from 'node:http';

interface Download {
  readonly status: number | undefined;
  readonly announced: number;
  readonly arrived: number;
  /** Whether the message came to its end. */
  readonly whole: boolean;
}

/** Reads as much of an answer as there is. A token is not needed to see it tear. */
export const download = (url: string, method = 'GET'): Promise<Download> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method }, (answer) => {
      let arrived = 0;
      answer.on('data', (bytes: Buffer) => (arrived += bytes.length));
      answer.on('error', () => undefined);
      answer.on('close', () => {
        const announced = Number(answer.headers['content-length']);
        resolve({ status: answer.statusCode, announced, arrived, whole: answer.complete });
      });
    });
    sent.on('error', reject).end();
  });

/** Whether the connection was closed before an answer came. */
export const dropped = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  );
