import type { Books } from './books.js';

/** Set-up does not change while something is imported or posted: each question about it is answered once for the books at work. */
export function remembered<Answer, Key extends readonly string[]>(
  answer: (books: Books, ...key: Key) => Answer,
): (books: Books, ...key: Key) => Answer {
  const known = new WeakMap<Books, Map<string, { readonly answer: Answer }>>();
  return (books, ...key) => {
    let own = known.get(books);
    if (!own) known.set(books, (own = new Map()));
    const question = key.join('\n');
    let found = own.get(question);
    if (!found) own.set(question, (found = { answer: answer(books, ...key) }));
    return found.answer;
  };
}
