import type { Command } from 'commander';

/** A command as the shells need to know it. */
interface Completable {
  /** Without the program's name; empty for the program itself. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly what: string }[];
}

function completables(program: Command): Completable[] {
  const global = optionsOf(program);
  const visit = (command: Command, path: readonly string[]): Completable[] => {
    const children = command.commands.map((child) => ({
      word: child.name(),
      what: child.summary() || child.description(),
    }));
    const own = command === program ? [] : optionsOf(command);
    const choices = command.registeredArguments
      .flatMap(({ argChoices = [] }) => argChoices)
      .map((word) => ({ word, what: '' }));
    return [
      { path: path.join(' '), words: [...children, ...choices, ...own, ...global] },
      ...command.commands.flatMap((child) => visit(child, [...path, child.name()])),
    ];
  };
  return visit(program, []);
}

const optionsOf = (command: Command) =>
  command.options.flatMap(({ long, description }) => (long ? [{ word: long, what: description }] : []));

export function bashScript(program: Command): string {
  const all = completables(program);
  const paths = all.filter(({ path }) => path).map(({ path }) => `"${path}"`);
  const cases = all.map(({ path, words }) => `    "${path}") words="${words.map(({ word }) => word).join(' ')}" ;;`);
  return [
    '_isthmus() {',
    '  local path="" word words=""',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "${path:+$path }$word" in',
    `      ${paths.join('|')}) path="\${path:+$path }$word" ;;`,
    '    esac',
    '  done',
    '  case "$path" in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _isthmus isthmus',
  ].join('\n');
}

/** zsh can use bash's completions. */
export const zshScript = (program: Command): string =>
  ['autoload -U +X compinit && compinit', 'autoload -U +X bashcompinit && bashcompinit', bashScript(program)].join(
    '\n',
  );

export function fishScript(program: Command): string {
  return completables(program)
    .flatMap(({ path, words }) => words.map(({ word, what }) => fishLine(path, word, what)))
    .join('\n');
}

function fishLine(path: string, word: string, what: string): string {
  const names = path.split(' ').filter(Boolean);
  const condition =
    names.length === 0
      ? '__fish_use_subcommand'
      : names.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
  const completion = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
  return `complete -c isthmus -n '${condition}' ${completion} -d '${what.replaceAll("'", '’')}'`;
}
