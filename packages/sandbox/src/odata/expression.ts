/** A parsed `$filter` or `$orderby` expression. */
export type Expression =
  | { kind: 'literal'; type: LiteralType; text: string }
  | { kind: 'enum'; enumType: string; member: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'path'; segments: string[] }
  | { kind: 'not'; operand: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'call'; name: string; arguments: Expression[]; named: ReadonlyMap<string, Expression> }
  | { kind: 'lambda'; path: string[]; quantifier: 'any' | 'all'; variable: string; body?: Expression };

export type LiteralType = 'null' | 'boolean' | 'number' | 'string' | 'guid' | 'date';

export const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'divby', 'mod'] as const;

export type Comparison = (typeof COMPARISONS)[number];
export type Arithmetic = (typeof ARITHMETIC)[number];
export type Operator = 'and' | 'or' | 'in' | 'has' | Comparison | Arithmetic;

/**
 * The parts of `a and b and c` or of `a or b or c`, from left to right, those in parentheses of their own included. The
 * tree is as deep as the chain is long, so whoever walks it must not recurse.
 */
export function operandsOf(operator: 'and' | 'or', expression: Expression): Expression[] {
  const parts: Expression[] = [];
  const rest = [expression];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if (next.kind === 'binary' && next.operator === operator) rest.push(next.left, next.right);
    else parts.push(next);
  }
  return parts.reverse();
}
