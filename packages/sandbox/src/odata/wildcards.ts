/** Whether a text fits a pattern; upper and lower case are the same. */
export type Matcher = (text: string) => boolean;

type Step = 'any' | ((character: string) => boolean);

const one = (): boolean => true;
const literal = (wanted: string) => (character: string) => character === wanted;

/** F&O: `*` stands for any text. */
export const globMatcher = (text: string): Matcher =>
  matcher(
    text
      .toLowerCase()
      .split('')
      .map((character) => (character === '*' ? 'any' : literal(character))),
  );

/** Dataverse, as SQL's LIKE: `%` any text, `_` one character, `[ab]` one of them; around it what the function allows. */
export function likeMatcher(text: string, before: boolean, after: boolean): Matcher {
  const steps: Step[] = before ? ['any'] : [];
  const lower = text.toLowerCase();
  for (let at = 0; at < lower.length; at++) {
    const character = lower.charAt(at);
    const close = character === '[' ? lower.indexOf(']', at + 2) : -1;
    if (close > 0) {
      steps.push(memberOf(lower.slice(at + 1, close)));
      at = close;
    } else steps.push(character === '%' ? 'any' : character === '_' ? one : literal(character));
  }
  return matcher(after ? [...steps, 'any'] : steps);
}

/** `abc`, `a-c`, or with `^` in front anything else. */
function memberOf(set: string): (character: string) => boolean {
  const negated = set.startsWith('^');
  const members = negated ? set.slice(1) : set;
  const singles = new Set<string>();
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at++) {
    if (members.charAt(at + 1) === '-' && at + 2 < members.length) {
      ranges.push([members.charAt(at), members.charAt(at + 2)]);
      at += 2;
    } else singles.add(members.charAt(at));
  }
  return (character) =>
    (singles.has(character) || ranges.some(([from, to]) => from <= character && character <= to)) !== negated;
}

/** Goes back to the latest "any" only, so that no pattern takes longer than its length times the text's. */
function matcher(steps: readonly Step[]): Matcher {
  return (original) => {
    const text = original.toLowerCase();
    let [at, step] = [0, 0];
    let [anyAt, anyStep] = [0, -1];
    while (at < text.length) {
      const current = steps[step];
      if (current === 'any') {
        [anyAt, anyStep] = [at, step++];
      } else if (current?.(text.charAt(at))) {
        at++;
        step++;
      } else if (anyStep >= 0) {
        at = ++anyAt;
        step = anyStep + 1;
      } else return false;
    }
    while (steps[step] === 'any') step++;
    return step === steps.length;
  };
}
