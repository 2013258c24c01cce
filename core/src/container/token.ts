/** Names something that plugins may provide, and carries its type. Strings, so that every copy of core agrees on them. */
export type Token<T> = string & { readonly __provides?: T };

export const token = <T>(name: string): Token<T> => name;
