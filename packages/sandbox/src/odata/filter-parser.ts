import type { Arithmetic, Comparison, Expression, Operator } from './expression.js';
import { ARITHMETIC, COMPARISONS } from './expression.js';
import type { Token } from './filter-lexer.js';
import { syntaxError, tokenize } from './filter-lexer.js';

/** Parameter aliases of the URL: `@p1` → the text that stands for it. */
export type Aliases = ReadonlyMap<string, string>;

/** Binary operators, weakest first; `not` and unary operators bind stronger than all of them but the path. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  [...COMPARISONS, 'in', 'has'],
  ['add', 'sub'],
  ['mul', 'div', 'divby', 'mod'],
];

/** Parses a whole `$filter` expression. */
export function parseExpression(source: string, aliases: Aliases = new Map()): Expression {
  const parser = new Parser(source, aliases);
  const expression = parser.whole();
  parser.finish();
  return expression;
}

/** Deeper than this, an expression is refused: no person and no query builder writes it. */
const MAX_DEPTH = 100;

class Parser {
  private readonly tokens: Token[];
  private next = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly aliases: Aliases,
  ) {
    this.tokens = tokenize(source);
  }

  /** A whole expression: what stands alone, in parentheses, or as an argument. */
  whole(): Expression {
    if (++this.depth > MAX_DEPTH) throw syntaxError(this.source, 0, 'The expression is nested too deeply');
    const expression = this.level(0);
    this.depth--;
    return expression;
  }

  private level(depth: number): Expression {
    const operators = LEVELS[depth];
    if (!operators) return this.unary();
    let left = this.level(depth + 1);
    for (;;) {
      const operator = this.operator(operators);
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.level(depth + 1) };
    }
  }

  finish(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  private unary(): Expression {
    const token = this.peek();
    if (token.kind === 'name' && token.text === 'not') {
      this.next++;
      if (++this.depth > MAX_DEPTH) throw syntaxError(this.source, 0, 'The expression is nested too deeply');
      const operand = this.unary();
      this.depth--;
      return { kind: 'not', operand };
    }
    return this.primary();
  }

  private primary(): Expression {
    const token = this.take();
    switch (token.kind) {
      case 'literal':
        return { kind: 'literal', type: token.type, text: token.text };
      case 'enum':
        return { kind: 'enum', enumType: token.enumType, member: token.text };
      case 'list':
        return { kind: 'list', items: token.items };
      case 'name':
        return this.named(token.text);
      default:
        if (token.text !== '(') throw this.unexpected(token);
        return this.grouped();
    }
  }

  /** Parentheses, or the list that follows `in`. */
  private grouped(): Expression {
    const first = this.whole();
    if (this.mark() !== ',') {
      this.expect(')');
      return first;
    }
    const items = [first];
    while (this.mark() === ',') {
      this.next++;
      items.push(this.whole());
    }
    this.expect(')');
    return { kind: 'list', items: items.map((item) => (item.kind === 'literal' ? item.text : '')) };
  }

  private named(name: string): Expression {
    const alias = this.aliases.get(name);
    if (alias !== undefined) return parseExpression(alias, new Map());
    if (this.mark() === '(') return this.call(name);
    const segments = [name];
    while (this.mark() === '/') {
      this.next++;
      const segment = this.take();
      if (segment.kind !== 'name') throw this.unexpected(segment);
      if ((segment.text === 'any' || segment.text === 'all') && this.mark() === '(') {
        return this.lambda(segments, segment.text);
      }
      segments.push(segment.text);
    }
    return { kind: 'path', segments };
  }

  private call(name: string): Expression {
    this.expect('(');
    const positional: Expression[] = [];
    const named = new Map<string, Expression>();
    while (this.mark() !== ')') {
      const [first, second] = [this.peek(), this.tokens[this.next + 1]];
      if (first.kind === 'name' && second?.text === '=' && second.kind === 'mark') {
        this.next += 2;
        named.set(first.text, this.whole());
      } else {
        positional.push(this.whole());
      }
      if (this.mark() === ',') this.next++;
      else break;
    }
    this.expect(')');
    return { kind: 'call', name, arguments: positional, named };
  }

  private lambda(path: string[], quantifier: 'any' | 'all'): Expression {
    this.expect('(');
    if (this.mark() === ')') {
      this.next++;
      return { kind: 'lambda', path, quantifier, variable: '' };
    }
    const variable = this.take();
    if (variable.kind !== 'name') throw this.unexpected(variable);
    this.expect(':');
    const body = this.whole();
    this.expect(')');
    return { kind: 'lambda', path, quantifier, variable: variable.text, body };
  }

  private operator(accepted: readonly Operator[]): Operator | undefined {
    const token = this.peek();
    if (token.kind !== 'name') return undefined;
    const operator = accepted.find((name) => name === token.text);
    if (operator) this.next++;
    return operator;
  }

  private mark(): string | undefined {
    const token = this.peek();
    return token.kind === 'mark' ? token.text : undefined;
  }

  private expect(mark: string): void {
    const token = this.take();
    if (token.kind !== 'mark' || token.text !== mark) throw this.unexpected(token);
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', text: '', at: this.source.length };
  }

  private take(): Token {
    const token = this.peek();
    this.next++;
    return token;
  }

  private unexpected(token = this.peek()) {
    return syntaxError(this.source, token.at);
  }
}

export const isComparison = (operator: Operator): operator is Comparison =>
  (COMPARISONS as readonly Operator[]).includes(operator);

export const isArithmetic = (operator: Operator): operator is Arithmetic =>
  (ARITHMETIC as readonly Operator[]).includes(operator);
