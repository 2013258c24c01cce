const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** F&O: `*` stands for any text. */
export function globPattern(text: string): RegExp {
  return new RegExp(`^${text.split('*').map(escaped).join('[^]*')}$`, 'i');
}

/** Dataverse, as SQL's LIKE: `%` any text, `_` one character, `[ab]` one of them; around it what the function allows. */
export function likePattern(text: string, before: boolean, after: boolean): RegExp {
  let pattern = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const close = character === '[' ? text.indexOf(']', at + 2) : -1;
    if (close > 0) {
      const members = text.slice(at + 1, close);
      const negated = members.startsWith('^');
      pattern += `[${negated ? '^' : ''}${members.slice(negated ? 1 : 0).replace(/[\\\]^]/g, '\\$&')}]`;
      at = close;
    } else if (character === '%') pattern += '[^]*';
    else if (character === '_') pattern += '[^]';
    else pattern += escaped(character);
  }
  return new RegExp(`${before ? '' : '^'}${pattern}${after ? '' : '$'}`, 'i');
}
