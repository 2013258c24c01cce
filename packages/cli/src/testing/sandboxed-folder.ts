import { startSandbox, type RunningSandbox, type SandboxOptions } from '@isthmus/sandbox';
import { contractsPlugin, Folder } from './folder.js';

/** A folder with an rc file that leads to a sandbox, started for it. */
export class SandboxedFolder extends Folder {
  private constructor(readonly sandbox: RunningSandbox) {
    super({ TEST_SECRET: sandbox.clientSecret });
  }

  static async create(options: SandboxOptions = {}): Promise<SandboxedFolder> {
    const folder = new SandboxedFolder(await startSandbox(options));
    folder.configure();
    return folder;
  }

  /** Writes the rc file; `more` is added at its end. */
  configure(more = ''): void {
    const { psa, finops, token, clientId } = this.sandbox;
    const signIn = `tokenUrl: "${token.url}", clientId: "${clientId}", clientSecret: "\${env:TEST_SECRET}"`;
    this.write(
      '.isthmusrc.yaml',
      `plugins: ["${contractsPlugin}"]
connections:
  psa: { kind: dataverse, url: "${psa.url}", ${signIn} }
  finops: { kind: finops, url: "${finops.url}", ${signIn} }
connectionSets:
  main:
    connections: { psa: psa, finops: finops }
    organizations: { Contoso US: USSI, Contoso Global: USMF }
integrations:
  contracts:
    template: projects-and-contracts
    connectionSet: main
${more}`,
    );
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    this.remove();
  }
}
