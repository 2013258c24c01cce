import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { Folder } from '../testing/index.js';

/** What bash would offer after `isthmus …words`, the last of which is being typed. */
function offered(script: string, words: readonly string[]): string[] {
  const line = ['isthmus', ...words].map((word) => `"${word}"`).join(' ');
  const program = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _isthmus; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('isthmus completion', () => {
  const folder = new Folder();
  after(() => folder.remove());

  it('completes commands, their commands and their options in bash', async function () {
    if (process.platform === 'win32') return this.skip();
    const { stdout } = await folder.isthmus('completion', 'bash');
    expect(offered(stdout, ['t'])).to.deep.equal(['templates']);
    expect(offered(stdout, ['templates', ''])).to.include('show');
    expect(offered(stdout, ['config', 'wh'])).to.deep.equal(['where']);
    expect(offered(stdout, ['run', '--re'])).to.deep.equal(['--retry']);
    expect(offered(stdout, ['run', '--all', '--js'])).to.deep.equal(['--json']);
    expect(offered(stdout, ['completion', 'f'])).to.deep.equal(['fish']);
  });

  it('lends zsh the completion of bash', async () => {
    const { stdout } = await folder.isthmus('completion', 'zsh');
    expect(stdout).to.contain('bashcompinit').and.to.contain('complete -o default -F _isthmus isthmus');
  });

  it('gives fish a line for each word, with its meaning', async () => {
    const { stdout } = await folder.isthmus('completion', 'fish');
    expect(stdout).to.contain("complete -c isthmus -n '__fish_use_subcommand' -f -a run -d 'carry out integrations'");
    expect(stdout).to.contain("-n '__fish_seen_subcommand_from templates' -f -a show");
  });

  it('knows no other shell', async () => {
    const { status, stderr } = await folder.isthmus('completion', 'tcsh');
    expect(status).to.equal(2);
    expect(stderr).to.contain('bash, zsh, fish');
  });
});
