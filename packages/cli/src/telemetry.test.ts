import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { SandboxedFolder } from './testing/index.js';

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}
interface Traces {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

describe('isthmus run, observed by a collector', function () {
  this.timeout(120_000);
  let folder: SandboxedFolder;
  let collector: Server;
  const bodies = new Map<string, string[]>();

  before(async () => {
    folder = await SandboxedFolder.create({ scale: 0.1 });
    collector = createServer(async (request, response) => {
      const path = request.url ?? '';
      bodies.set(path, [...(bodies.get(path) ?? []), await text(request)]);
      response.end('{}');
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    folder.configure(`telemetry: { endpoint: "http://127.0.0.1:${port}" }\nlogging: { level: debug }`);
    await folder.isthmus('run', '--json');
  });
  after(async () => {
    collector.close();
    await folder.stop();
  });

  it('shows the way from the run to every single request', () => {
    const spans = (bodies.get('/v1/traces') ?? [])
      .map((body) => JSON.parse(body) as Traces)
      .flatMap(({ resourceSpans }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const way = (span: Span | undefined): string[] =>
      span ? [...way(byId.get(span.parentSpanId ?? '')), span.name] : [];
    const ways = new Set(spans.map((span) => way(span).join(' > ')));
    expect([...ways]).to.include.members([
      'run',
      'run > GET psa',
      'run > task projects',
      'run > task projects > GET psa',
      'run > task projects > batch',
      'run > task projects > batch > POST finops',
    ]);
    expect([...ways].every((one) => one.startsWith('run'))).to.equal(true);
  });

  it('sends metrics and logs, and no secret', () => {
    const all = [...bodies.values()].flat().join('\n');
    expect([...bodies.keys()].sort()).to.deep.equal(['/v1/logs', '/v1/metrics', '/v1/traces']);
    expect(all).to.contain('isthmus.request.duration').and.to.contain('"request.sent"');
    expect(all).not.to.contain(folder.sandbox.clientSecret);
  });
});
