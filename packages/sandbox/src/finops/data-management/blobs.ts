import { randomBytes, randomUUID } from 'node:crypto';
import type { ODataRequest, ODataResponse } from '../../odata/index.js';
import { decodePath, pathBelow } from '../../odata/index.js';

/** Path of the blob endpoint. The real one is a storage account of its own. */
export const BLOB_ROOT = '/dmf/';
const BELOW_ROOT = new RegExp(`^${BLOB_ROOT}`);

const DAY = 24 * 60 * 60 * 1000;
const KEPT = 7 * DAY;
const MINUTE = 60 * 1000;

interface Blob {
  readonly keptUntil: number;
  /** Signatures that open it, and until when. */
  readonly signatures: Map<string, number>;
  bytes?: Uint8Array;
  /** Somebody has fetched it. */
  wasRead?: boolean;
}

/** Files that packages travel in, each behind addresses with a signature. Kept for seven days. */
export class Blobs {
  private readonly blobs = new Map<string, Blob>();

  constructor(
    private readonly now: () => number,
    /** How long a signed address is good for. */
    private readonly signedMinutes: number,
  ) {}

  /** A new file that nobody has written yet. */
  reserve(origin: string, fileName: string): { id: string; url: string } {
    const { id, name } = this.add(fileName);
    return { id: `{${id}}`, url: this.address(origin, name) };
  }

  /** A new file with its content. @returns its name */
  keep(fileName: string, bytes: Uint8Array): string {
    const { name, blob } = this.add(fileName);
    blob.bytes = bytes;
    return name;
  }

  has(name: string): boolean {
    this.dropOld();
    return this.blobs.has(name);
  }

  wasRead(name: string): boolean {
    return this.blobs.get(name)?.wasRead === true;
  }

  /** A freshly signed address of the file; empty where there is none any more. */
  address(origin: string, name: string): string {
    this.dropOld();
    const blob = this.blobs.get(name);
    if (!blob) return '';
    const signature = randomBytes(24).toString('base64url');
    const signedUntil = this.now() + this.signedMinutes * MINUTE;
    blob.signatures.set(signature, signedUntil);
    const expiry = encodeURIComponent(new Date(signedUntil).toISOString());
    return `${origin}${BLOB_ROOT}${name}?sv=2019-02-02&sr=b&sp=rw&se=${expiry}&sig=${signature}`;
  }

  /** Content of the file with this address, signature included; undefined where there is none. @throws Refusal */
  content(url: string): Uint8Array | undefined {
    return this.find(url)?.bytes;
  }

  /** @throws Refusal */
  handle({ method, url, headers, bytes }: ODataRequest): ODataResponse {
    const blob = this.find(url);
    if (!blob) {
      return failure(
        403,
        'AuthenticationFailed',
        'Server failed to authenticate the request. The signature is not valid.',
      );
    }
    switch (method) {
      case 'PUT':
        if (headers['x-ms-blob-type'] !== 'BlockBlob') {
          return failure(
            400,
            'MissingRequiredHeader',
            'An HTTP header that is mandatory is not specified: x-ms-blob-type.',
          );
        }
        blob.bytes = bytes ?? new Uint8Array();
        return { status: 201, headers: { 'x-ms-version': '2019-02-02' } };
      case 'GET':
        if (!blob.bytes) return failure(404, 'BlobNotFound', 'The specified blob does not exist.');
        blob.wasRead = true;
        return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: blob.bytes };
      default:
        return failure(405, 'UnsupportedHttpVerb', 'The resource does not support the specified HTTP verb.');
    }
  }

  private add(fileName: string): { id: string; name: string; blob: Blob } {
    this.dropOld();
    const id = randomUUID().toUpperCase();
    const name = `${id}-${fileName.replace(/[^\w.-]/g, '_')}`;
    const blob: Blob = { keptUntil: this.now() + KEPT, signatures: new Map() };
    this.blobs.set(name, blob);
    return { id, name, blob };
  }

  private find(address: string): Blob | undefined {
    this.dropOld();
    const [path = '', query] = (pathBelow(BELOW_ROOT, address) ?? '').split('?');
    const blob = this.blobs.get(decodePath(path));
    const signedUntil = blob?.signatures.get(new URLSearchParams(query).get('sig') ?? '') ?? 0;
    return this.now() < signedUntil ? blob : undefined;
  }

  private dropOld(): void {
    for (const [name, { keptUntil }] of this.blobs) if (keptUntil <= this.now()) this.blobs.delete(name);
  }
}

const failure = (status: number, code: string, message: string): ODataResponse => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});
